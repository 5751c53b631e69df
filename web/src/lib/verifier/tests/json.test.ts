// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it, vi } from 'vitest';

import { JsonFault, parseJsonStrict, type JsonValue } from '../json';

vi.setConfig({ testTimeout: 60_000 }); // A busy machine is no failure.

const suite = new URL('../../../../../tests/data/json/test_parsing/', import.meta.url);

function parse(text: string): JsonValue {
  return parseJsonStrict(new TextEncoder().encode(text));
}

/** The message of the fault, or that there is none. */
function fault(bytes: Uint8Array): string {
  try {
    parseJsonStrict(bytes);
    return 'none';
  } catch (error) {
    if (error instanceof JsonFault) return error.message;
    throw error;
  }
}
const textFault = (text: string): string => fault(new TextEncoder().encode(text));

describe('the parser', () => {
  const names = readdirSync(suite).filter((name) => name.endsWith('.json'));

  it('takes every good text of the suite but those that readers differ about', () => {
    const refused = new Map<string, string>();
    const good = names.filter((name) => name.startsWith('y_'));
    for (const name of good) {
      const message = fault(readFileSync(new URL(encodeURIComponent(name), suite)));
      if (message !== 'none') refused.set(name, message);
    }
    expect(good.length).toBeGreaterThan(80);
    for (const [name, message] of refused) {
      expect(message, name).toMatch(/^unsupported JSON at byte /);
      expect(name).toMatch(/number|duplicated_key|negative_real/);
    }
  });

  it('refuses every bad text of the suite', () => {
    const bad = names.filter((name) => name.startsWith('n_'));
    expect(bad.length).toBeGreaterThan(150);
    for (const name of bad)
      expect(fault(readFileSync(new URL(encodeURIComponent(name), suite))), name).not.toBe('none');
  });

  it('takes integers that every reader holds exactly, and no other number', () => {
    expect(parse('[9007199254740991,-9007199254740991,0]')).toEqual([
      9007199254740991, -9007199254740991, 0,
    ]);
    const beyond = 'an integer is beyond 2^53 - 1';
    expect(textFault('9007199254740992')).toContain(beyond);
    expect(textFault('-9007199254740992')).toContain(beyond);
    expect(textFault('18446744073709551615')).toContain(beyond);
    for (const text of ['1.0', '1e2', '1E-2', '18446744073709551616', '1'.repeat(400)])
      expect(textFault(text), text).toContain('a number is not an integer');
  });

  it('refuses a repeated key, however it is written, and no other', () => {
    expect(textFault('{"a":1,"\\u0061":2}')).toBe(
      'unsupported JSON at byte 14: a key is repeated',
    );
    expect(parse('{"__proto__":1,"constructor":{"a":2},"a":3}')).toBeInstanceOf(Map);
  });

  it('refuses nesting beyond 32, text after the document and half characters', () => {
    expect(textFault('['.repeat(32) + ']'.repeat(32))).toBe('none');
    expect(textFault('['.repeat(33) + ']'.repeat(33))).toContain('too deep');
    expect(textFault('1 2')).toBe('malformed JSON at byte 2: text after the document');
    expect(textFault('"\\ud800"')).not.toBe('none');
    expect(textFault('"\\udc00"')).not.toBe('none');
    expect(parse('"\\ud83d\\ude00"')).toBe('\u{1f600}');
    expect(fault(Uint8Array.of(0x22, 0xc3, 0x22))).toBe(
      'malformed JSON at byte 1: a character is not UTF-8',
    );
  });

  it('says where, as the service does', () => {
    const faults: [string, number, string][] = [
      ['', 0, 'malformed'],
      ['{', 1, 'malformed'],
      ['[1,]', 3, 'malformed'],
      ['{} x', 3, 'malformed'],
      ['{}{}', 2, 'malformed'],
      ['\ufeff{}', 0, 'malformed'],
      ['// comment\n1', 0, 'malformed'],
      ['{"a":1,"a":2}', 9, 'unsupported'],
      ['[{"a":1},{"b":{"c":1,"c":1}}]', 23, 'unsupported'],
      ['1.0', 3, 'unsupported'],
      ['1e2', 3, 'unsupported'],
      ['-0.5', 4, 'unsupported'],
      ['9007199254740992', 16, 'unsupported'],
      ['18446744073709551615', 20, 'unsupported'],
      ['123456789012345678901234567890', 30, 'unsupported'],
      ['NaN', 0, 'malformed'],
      ['01', 1, 'malformed'],
      ['"\\ud800"', 7, 'malformed'],
      ['"a\nb"', 2, 'malformed'],
    ];
    for (const [text, offset, kind] of faults)
      expect(textFault(text), text).toContain(`${kind} JSON at byte ${offset}: `);
  });

  it('counts bytes, not characters', () => {
    expect(textFault('["\u00e9",x]')).toBe('malformed JSON at byte 6: syntax error');
  });
});
