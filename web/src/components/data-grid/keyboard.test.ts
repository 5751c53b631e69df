import { expect, test } from 'vitest';

import { moved } from './keyboard';

const press = (key: string, control: boolean) => ({ key, ctrlKey: control, metaKey: false, altKey: false, shiftKey: false });

test.each([
  ['ArrowDown', false, { row: 3, column: 1 }],
  ['ArrowUp', false, { row: 1, column: 1 }],
  ['Home', false, { row: 2, column: 0 }],
  ['End', true, { row: 99, column: 4 }],
  ['PageDown', false, { row: 12, column: 1 }],
  ['PageUp', false, { row: -1, column: 1 }],
  ['Home', true, { row: 0, column: 0 }],
])('%s (control %s) moves to %o', (key, control, expected) => {
  expect(moved(press(key, control), { row: 2, column: 1 }, 100, 5)).toEqual(expected);
});

test('other keys move nothing', () => {
  expect(moved(press('a', false), { row: 0, column: 0 }, 1, 1)).toBeNull();
  expect(moved(press('Enter', false), { row: 0, column: 0 }, 1, 1)).toBeNull();
});
