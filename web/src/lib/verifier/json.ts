import { faults, told } from '@/messages/verifier';

/** What a document may hold; objects keep their members in a map, so that no name is special. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonObject;
export type JsonObject = Map<string, JsonValue>;

const depthMax = 32;
const integerMax = 9_007_199_254_740_991n;
const unsignedMax = 18_446_744_073_709_551_615n;

/** Why a text is not the JSON that is accepted; `offset` counts bytes. */
export class JsonFault extends Error {
  readonly offset: number;

  constructor(offset: number, message: string, isJson: boolean) {
    super(told(isJson ? faults.jsonUnsupported(offset) : faults.jsonMalformed(offset), message));
    this.offset = offset;
  }
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const numberPattern = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const spacePattern = /[ \t\n\r]*/y;
const literals: readonly (readonly [string, JsonValue])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
];

/** Stands for itself in a string; at the end of the text the code is not a number. */
function isPlain(code: number): boolean {
  return code >= 0x20 && code !== 0x22 && code !== 0x5c;
}

class Parser {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  document(): JsonValue {
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) this.malformed(faults.textAfter);
    return value;
  }

  private value(depth: number): JsonValue {
    this.space();
    const next = this.text.charAt(this.at);
    if (next === '{') return this.object(depth);
    if (next === '[') return this.list(depth);
    if (next === '"') return this.string();
    if (next === '-' || (next >= '0' && next <= '9')) return this.number();
    for (const [word, value] of literals)
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    return this.malformed(next === '' ? faults.jsonIncomplete : faults.syntax);
  }

  private object(depth: number): JsonObject {
    const members: JsonObject = new Map();
    this.enter(depth);
    if (this.accept('}')) return members;
    do {
      this.space();
      if (this.text.charAt(this.at) !== '"') this.malformed(faults.syntax);
      const key = this.string();
      if (members.has(key)) {
        --this.at; // The fault is where the key ends, before its quotation mark.
        this.unsupported(faults.keyRepeated);
      }
      this.expect(':');
      members.set(key, this.value(depth + 1));
    } while (this.accept(','));
    this.expect('}');
    return members;
  }

  private list(depth: number): JsonValue[] {
    const items: JsonValue[] = [];
    this.enter(depth);
    if (this.accept(']')) return items;
    do items.push(this.value(depth + 1));
    while (this.accept(','));
    this.expect(']');
    return items;
  }

  private number(): number {
    numberPattern.lastIndex = this.at;
    const match = numberPattern.exec(this.text);
    if (!match) return this.malformed(faults.syntax);
    this.at += match[0].length;
    const digits = match[0];
    if (match[1] !== undefined || match[2] !== undefined)
      return this.unsupported(faults.noInteger);
    // So many digits are a fraction in the eyes of other readers.
    const size = digits.length > 25 ? unsignedMax + 1n : BigInt(digits);
    if (size > unsignedMax || size < -(unsignedMax / 2n) - 1n)
      return this.unsupported(faults.noInteger);
    if (size > integerMax || size < -integerMax)
      return this.unsupported(faults.integerBeyond);
    return Number(size);
  }

  private string(): string {
    ++this.at;
    let out = '';
    for (;;) {
      const begin = this.at;
      while (isPlain(this.text.charCodeAt(this.at))) ++this.at;
      out += this.text.slice(begin, this.at);
      const next = this.text.charAt(this.at);
      if (next === '"') {
        ++this.at;
        return out;
      }
      if (next === '') return this.malformed(faults.jsonIncomplete);
      if (next !== '\\') return this.malformed(faults.stringCharacter);
      out += this.escape();
    }
  }

  private escape(): string {
    const kind = this.text.charAt(++this.at);
    if (kind !== 'u') {
      const plain = escapes[kind];
      if (plain === undefined) return this.malformed(faults.syntax);
      ++this.at;
      return plain;
    }
    const unit = this.unit();
    if (unit >= 0xdc00 && unit <= 0xdfff) return this.malformed(faults.leadingSurrogate);
    if (unit < 0xd800 || unit > 0xdbff) return String.fromCharCode(unit);
    if (!this.text.startsWith('\\u', this.at)) return this.malformed(faults.wantedSurrogate);
    ++this.at;
    const second = this.unit();
    if (second < 0xdc00 || second > 0xdfff) return this.malformed(faults.trailingSurrogate);
    return String.fromCharCode(unit, second);
  }

  /** The four digits after the `u` that stands here. */
  private unit(): number {
    const digits = this.text.slice(this.at + 1, this.at + 5);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) return this.malformed(faults.wantedHex);
    this.at += 5;
    return Number.parseInt(digits, 16);
  }

  private space(): void {
    const code = this.text.charCodeAt(this.at);
    if (code > 0x20) return;
    spacePattern.lastIndex = this.at;
    this.at += spacePattern.exec(this.text)?.[0].length ?? 0;
  }

  private enter(depth: number): void {
    if (depth >= depthMax) this.malformed(faults.tooDeep);
    ++this.at;
  }

  private accept(token: string): boolean {
    this.space();
    if (this.text.charAt(this.at) !== token) return false;
    ++this.at;
    return true;
  }

  private expect(token: string): void {
    if (!this.accept(token))
      this.malformed(this.at < this.text.length ? faults.syntax : faults.jsonIncomplete);
  }

  private malformed(message: string): never {
    throw new JsonFault(this.bytesBefore(), message, false);
  }

  /** JSON by its grammar so far, and refused because readers differ about it. */
  private unsupported(message: string): never {
    throw new JsonFault(this.bytesBefore(), message, true);
  }

  private bytesBefore(): number {
    return new TextEncoder().encode(this.text.slice(0, this.at)).length;
  }
}

/** The bytes as text, or a fault where they stop being UTF-8. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const lenient = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    const good = new TextEncoder().encode(lenient);
    let offset = 0;
    while (offset < bytes.length && bytes[offset] === good[offset]) ++offset;
    throw new JsonFault(offset, faults.noUtf8, false);
  }
}

/**
 * Reads one JSON document as strictly as the service does: a repeated key, a number with fraction
 * or exponent, an integer outside +-(2^53 - 1), invalid UTF-8, nesting deeper than 32 and anything
 * after the document throw a `JsonFault`. Two readers of a signed document must not see two
 * different things.
 */
export function parseJsonStrict(bytes: Uint8Array): JsonValue {
  return new Parser(decode(bytes)).document();
}
