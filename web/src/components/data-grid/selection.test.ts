import { expect, test } from 'vitest';

import { everything, isChosen, nothing, sizeOf, toggled } from './selection';

test('one of all is taken out of them, and the others stay chosen', () => {
  const but = toggled(everything, '7');
  expect([isChosen(but, '7'), isChosen(but, '8'), sizeOf(but, 100_000)]).toEqual([false, true, 99_999]);
  expect(sizeOf(toggled(but, '7'), 100_000)).toBe(100_000);
});

test('single rows are chosen and given back', () => {
  const one = toggled(nothing, '7');
  expect([isChosen(one, '7'), isChosen(one, '8'), sizeOf(one, 100)]).toEqual([true, false, 1]);
  expect(sizeOf(toggled(one, '7'), 100)).toBe(0);
});
