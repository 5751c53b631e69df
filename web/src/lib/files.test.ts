import { inflateRawSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { formatCsv, parseCsv } from './csv';
import { workbook } from './xlsx';

test('what is written as CSV is read again', () => {
  const rows = [['a', 'b'], ['1,2', 'say "no"'], ['two\nlines', '']];
  expect(parseCsv(formatCsv(rows))).toEqual(rows);
  expect(parseCsv('a,b\n1,2\n')).toEqual([['a', 'b'], ['1', '2']]);
});

test('a workbook holds its rows, numbers as numbers and names as texts', async () => {
  const pieces = await workbook('Sale & more', [['no', 'parcel'], ['12.50', '007<']]);
  const bytes = Buffer.concat(pieces);
  expect(bytes.readUInt32LE(0)).toBe(0x04034b50);
  expect(bytes.readUInt32LE(bytes.length - 22)).toBe(0x06054b50);
  expect(bytes.readUInt16LE(bytes.length - 12)).toBe(5);
  const sheet = inflateRawSync(pieces[14] ?? Buffer.alloc(0)).toString();
  expect(sheet).toContain('<c><v>12.50</v></c>');
  expect(sheet).toContain('>007&lt;</t>');
});
