import { expect, test } from 'vitest';

import { ranked, scoreOf } from './match';

const pages = [
  { label: 'How it works', also: 'guide' },
  { label: 'Return calculator', also: 'yield interest' },
  { label: 'Check a draw', also: 'verify transcript' },
  { label: 'Batch 1: results' },
  { label: 'Batch 11: results' },
  { label: 'Columbia County: Tax certificate sale 2026' },
];
const found = (typed: string) => ranked(typed, pages).map(({ entry }) => entry.label);

test('a whole word goes before its beginning, that before its middle, and that before an abbreviation', () => {
  const scores = [scoreOf('draw', 'a draw'), scoreOf('draw', 'a drawing'), scoreOf('draw', 'a withdrawal'), scoreOf('dwg', 'a drawing'), scoreOf('draw', 'a sale')];
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  expect(new Set(scores).size).toBe(scores.length);
  expect(scores.at(-1)).toBe(0);
});

test.each([
  ['calc', ['Return calculator']],
  ['clcltr', ['Return calculator']],
  ['batch 1', ['Batch 1: results', 'Batch 11: results']],
  ['results 11', ['Batch 11: results']],
  ['SALE cOlumb', ['Columbia County: Tax certificate sale 2026']],
  ['transcript', ['Check a draw']],
  ['guide works', ['How it works']],
  ['draw calculator', []],
  ['xyz', []],
  ['??', []],
  ['', []],
])('%j finds %j', (typed, expected) => {
  expect(found(typed)).toEqual(expected);
});

test('accents and punctuation make no difference', () => {
  expect(scoreOf('penon', 'Peñón Blanco')).toBeGreaterThan(0);
  expect(scoreOf('24-4S', 'Parcel 24 4s')).toBeGreaterThan(0);
});

test('what something is called counts more than what else it is found by, and equals keep their order', () => {
  const all = [{ label: 'One', also: 'interest' }, { label: 'Interest' }, { label: 'Two', also: 'interest' }];
  expect(ranked('interest', all).map(({ entry }) => entry.label)).toEqual(['Interest', 'One', 'Two']);
});

test('few letters are no abbreviation', () => {
  expect(scoreOf('cr', 'calculator')).toBe(0);
  expect(scoreOf('ctr', 'calculator')).toBeGreaterThan(0);
  expect(scoreOf('rtc', 'calculator')).toBe(0);
});
