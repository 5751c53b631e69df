// node check.mjs FILE: is the document valid OpenAPI, is each schema in it valid JSON Schema
// (2020-12), and does each example fit its schema? Says what is wrong and ends with 1.
import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";

const document = JSON.parse(readFileSync(process.argv[2], "utf8"));
const faults = [];

const validity = await new Validator().validate(structuredClone(document));
if (!validity.valid) faults.push(JSON.stringify(validity.errors, null, 1));

const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
formats(ajv);
ajv.addVocabulary(["components"]);
ajv.addSchema({ $id: "api", components: { schemas: document.components.schemas } }, "api");

/** The schema with its references pointed at the document that ajv knows. */
function rebased(schema) {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/'));
}

function deref(object) {
  if (!object.$ref) return object;
  return object.$ref.slice(2).split("/").reduce((place, name) => place[name], document);
}

let examples = 0;
function checkContent(place, content) {
  for (const [type, media] of Object.entries(content ?? {})) {
    if (!media.schema) continue;
    let fits;
    try {
      fits = ajv.compile(rebased(media.schema));
    } catch (error) {
      faults.push(`${place} ${type}: ${error.message}`);
      continue;
    }
    const shown = Object.values(media.examples ?? {}).map((example) => deref(example).value);
    if (media.example !== undefined) shown.push(media.example);
    if (shown.length === 0) faults.push(`${place} ${type}: no example`);
    for (const example of shown) {
      ++examples;
      if (!fits(example)) faults.push(`${place} ${type}: ${ajv.errorsText(fits.errors)}`);
    }
  }
}

for (const [path, item] of Object.entries(document.paths ?? {}))
  for (const [method, operation] of Object.entries(item)) {
    const place = `${method} ${path}`;
    checkContent(place, operation.requestBody?.content);
    for (const [status, response] of Object.entries(operation.responses ?? {}))
      checkContent(`${place} ${status}`, deref(response).content);
  }

for (const fault of faults.slice(0, 20)) console.error(fault);
console.log(`${Object.keys(document.paths ?? {}).length} paths, ${examples} examples`);
process.exit(faults.length === 0 && examples > 0 ? 0 : 1);
