// Every shortcut of the site in one table. What listens to keys asks it, and the sheet is made of
// it, so that the two cannot differ.

/** By where they work, as `KeyboardEvent.key` has them. `Mod` is Control, on a Mac Command. */
export const shortcuts = {
  everywhere: { palette: 'Mod+k', sheet: '?', undo: 'Mod+z', close: 'Escape' },
  palette: { next: 'ArrowDown', previous: 'ArrowUp', first: 'Home', last: 'End', choose: 'Enter' },
  tabs: { next: 'ArrowRight', previous: 'ArrowLeft', first: 'Home', last: 'End' },
  grid: {
    up: 'ArrowUp', down: 'ArrowDown', left: 'ArrowLeft', right: 'ArrowRight', pageUp: 'PageUp', pageDown: 'PageDown',
    rowStart: 'Home', rowEnd: 'End', start: 'Mod+Home', end: 'Mod+End', open: 'Enter', choose: ' ',
  },
} as const;

export type Group = keyof typeof shortcuts;
export type Action<Of extends Group> = keyof (typeof shortcuts)[Of];

type Press = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export const isApple = /^(Mac|iP)/.test(globalThis.navigator?.platform ?? '');

/** A key that types something, and so may be meant for what listens to speech (WCAG 2.1.4). */
const isCharacter = (chord: string) => /^\S$/u.test(chord);

function isPressed(chord: string, press: Press, apple: boolean): boolean {
  const isMod = chord.startsWith('Mod+');
  const key = isMod ? chord.slice('Mod+'.length) : chord;
  if (press.altKey || press.ctrlKey !== (isMod && !apple) || press.metaKey !== (isMod && apple)) return false;
  if (isCharacter(chord)) return press.key === key && characterKeysOn(); // Shift is how it is typed.
  return !press.shiftKey && press.key.toLowerCase() === key.toLowerCase();
}

/** What a key does in a part of the site, if it does anything there. */
export function actionOf<Of extends Group>(group: Of, press: Press, apple = isApple): Action<Of> | undefined {
  const chords = Object.entries(shortcuts[group]) as [Action<Of>, string][];
  return chords.find(([, chord]) => isPressed(chord, press, apple))?.[0];
}

/** The keys of a chord, for who reads them: `Control` and `k`. */
export const keysOf = (chord: string, apple = isApple): string[] =>
  chord.split('+').map((key) => (key === 'Mod' ? (apple ? 'Meta' : 'Control') : key));

/** As `aria-keyshortcuts` has it. */
export const spoken = (chord: string): string =>
  keysOf(chord).map((key) => (isCharacter(key) ? key.toUpperCase() : key)).join('+');

export const isTyping = (): boolean =>
  document.activeElement?.matches('input:not([type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]') ?? false;

const key = 'strikeoff.character-keys';

/** Whether shortcuts of a single character work; people who dictate switch them off. */
export function characterKeysOn(): boolean {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true; // No storage in this browser: then nobody has switched them off.
  }
}

/** Says whether this browser keeps it. */
export function switchCharacterKeys(on: boolean): boolean {
  try {
    if (on) localStorage.removeItem(key);
    else localStorage.setItem(key, 'off');
    return true;
  } catch {
    return false;
  }
}
