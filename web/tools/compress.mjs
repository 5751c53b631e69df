// Puts a .br and a .gz beside each file of a directory that they make smaller.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const least = 0.95; // A coding that saves less is not worth its bytes in the binary.

function* filesBelow(directory) {
  for (const entry of readdirSync(directory)) {
    if (entry.startsWith('.')) continue;
    const path = join(directory, entry);
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else if (!/\.(br|gz)$/.test(entry)) yield path;
  }
}

for (const path of filesBelow(process.argv[2])) {
  const bytes = readFileSync(path);
  const codings = {
    br: brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
    gz: gzipSync(bytes, { level: 9 }),
  };
  for (const [ending, coded] of Object.entries(codings))
    if (coded.length < bytes.length * least) writeFileSync(`${path}.${ending}`, coded);
}
