import { expect, test } from 'vitest';

import { centsOf, decimalOf, returnOf } from './returns';

const quote = (face: string, rate: string, months: number) => {
  const found = returnOf(centsOf(face) ?? 0n, centsOf(rate) ?? 0n, months);
  return [found.accrued, found.minimum, found.interest, found.receives].map(decimalOf).join(' ');
};

// The first is that of `strikeoff quote redemption` in the README.
test.each([
  ['1000.00', '18.00', 4, '60.00 50.00 60.00 1060.00'],
  ['1000.00', '5.25', 6, '26.25 50.00 50.00 1050.00'],
  ['1000.00', '0', 12, '0.00 0.00 0.00 1000.00'],
  ['0.10', '0.25', 1, '0.00 0.01 0.01 0.11'],
])('a face of %s at %s for %i months pays %s', (face, rate, months, expected) => {
  expect(quote(face, rate, months)).toBe(expected);
});

test('what is no amount is none', () => {
  for (const text of ['', '-1', '1.234', '1,000', 'x']) expect(centsOf(text)).toBeNull();
});
