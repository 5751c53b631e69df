import { expect, test } from 'vitest';

import { arranged, eachMax, type EntryGroup } from './arrange';

const group = (id: string, labels: string[]): EntryGroup => ({
  id, heading: id, entries: labels.map((label) => ({ id: label, label, run: () => undefined })),
});
const shown = (groups: EntryGroup[]) => groups.map(({ id, entries }) => [id, ...entries.map(({ label }) => label)]);
const many = Array.from({ length: 2 * eachMax }, (_unused, at) => `Sale ${at}`);

test('without a word all pages are there, and the beginning of long groups', () => {
  const groups = [group('none', []), group('pages', many), group('sales', many)];
  expect(shown(arranged(groups, ' '))).toEqual([['pages', ...many], ['sales', ...many.slice(0, eachMax)]]);
});

test('with a word the group of the best fit comes first, in it the best, and no group is empty', () => {
  const groups = [group('pages', ['Salespeople', 'Sales', 'Verify']), group('sales', many), group('commands', ['Sign out'])];
  expect(shown(arranged(groups, 'sale'))).toEqual([['sales', ...many.slice(0, eachMax)], ['pages', 'Salespeople', 'Sales']]);
  expect(arranged(groups, 'xyz')).toEqual([]);
});
