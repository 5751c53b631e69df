import { expect, test } from 'vitest';

import { floridaUses } from '@/messages/uses';

import { namedUse } from './uses';

test('a code of use is named as the rolls of Florida name it', () => {
  expect(floridaUses).toHaveLength(100);
  // Names that the parcels of the demo give with their codes.
  expect(namedUse('FL', '0100')).toBe('0100 Single family');
  expect(namedUse('FL', '5600')).toBe('5600 Timberland, index 70 to 79');
  expect(namedUse('FL', '7600')).toBe('7600 Mortuary or cemetery');
  expect(namedUse('FL', '9900')).toBe('9900 Acreage, not agricultural');
  expect(namedUse('FL', '002')).toBe('002 Mobile home');
  expect(namedUse('FL', '87')).toBe('87 State');
});

test('codes of other states and other forms stay as they are', () => {
  expect(namedUse('AZ', '0100')).toBe('0100');
  expect(namedUse(undefined, '0100')).toBe('0100');
  for (const code of ['R1', '123', '01000', '']) expect(namedUse('FL', code)).toBe(code);
});
