import { afterEach, expect, test, vi } from 'vitest';

import { actionOf, keysOf, shortcuts, switchCharacterKeys } from './shortcuts';

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held,
});

afterEach(() => vi.unstubAllGlobals());

test('a chord is told from its key alone, and Command is the key of a Mac', () => {
  expect(actionOf('everywhere', press('k', { ctrlKey: true }), false)).toBe('palette');
  expect(actionOf('everywhere', press('K', { ctrlKey: true }), false)).toBe('palette');
  expect(actionOf('everywhere', press('k', { metaKey: true }), true)).toBe('palette');
  expect(actionOf('everywhere', press('k', { ctrlKey: true }), true)).toBeUndefined();
  expect(actionOf('everywhere', press('k', { metaKey: true }), false)).toBeUndefined();
  expect(actionOf('everywhere', press('k'), false)).toBeUndefined();
  expect(actionOf('everywhere', press('z', { ctrlKey: true, shiftKey: true }), false)).toBeUndefined();
  expect(actionOf('grid', press('Home', { ctrlKey: true }), false)).toBe('start');
  expect(actionOf('grid', press('Home'), false)).toBe('rowStart');
  expect(actionOf('grid', press('ArrowLeft', { altKey: true }), false)).toBeUndefined();
});

test('a key that types something can be switched off, and no other is', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  const sheet = press('?', { shiftKey: true });
  expect(actionOf('everywhere', sheet, false)).toBe('sheet');
  expect(switchCharacterKeys(false)).toBe(true);
  expect(actionOf('everywhere', sheet, false)).toBeUndefined();
  expect(actionOf('everywhere', press('k', { ctrlKey: true }), false)).toBe('palette');
  expect(actionOf('grid', press(' '), false)).toBe('choose');
  switchCharacterKeys(true);
  expect(actionOf('everywhere', sheet, false)).toBe('sheet');
});

test('without storage the keys work, and nobody is told that a choice is kept', () => {
  vi.stubGlobal('localStorage', undefined);
  expect(actionOf('everywhere', press('?'), false)).toBe('sheet');
  expect(switchCharacterKeys(false)).toBe(false);
});

test('no part of the site has two meanings for one key', () => {
  for (const chords of Object.values(shortcuts)) expect(new Set(Object.values(chords)).size).toBe(Object.keys(chords).length);
  expect(keysOf('Mod+k', false)).toEqual(['Control', 'k']);
  expect(keysOf('Mod+k', true)).toEqual(['Meta', 'k']);
});
