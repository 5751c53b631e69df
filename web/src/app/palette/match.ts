// How well what was typed fits what something is called. Nothing here knows what that is.

const exact = 8;
const beginning = 6;
const inside = 3;
const abbreviated = 1;
const abbreviatedMin = 3; // Fewer letters would stand for anything.

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const wordsOf = (text: string): string[] => folded(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** Are the letters there in this order, from the first one on, as in `clcltr`? */
function abbreviates(short: string, word: string): boolean {
  if (short.length < abbreviatedMin || short[0] !== word[0]) return false;
  let from = 0;
  for (const letter of short) {
    const at = word.indexOf(letter, from);
    if (at < 0) return false;
    from = at + 1;
  }
  return true;
}

function fitOf(typed: string, word: string): number {
  if (word === typed) return exact;
  if (word.startsWith(typed)) return beginning;
  if (word.includes(typed)) return inside;
  return abbreviates(typed, word) ? abbreviated : 0;
}

/** 0 when a word that was typed fits none of the text's; else the more, the better they fit. */
export function scoreOf(typed: string, text: string): number {
  const words = wordsOf(text);
  let score = 0;
  for (const each of wordsOf(typed)) {
    const best = Math.max(0, ...words.map((word) => fitOf(each, word)));
    if (best === 0) return 0;
    score += best;
  }
  return score > 0 && folded(text).startsWith(folded(typed).trim()) ? score + 1 : score;
}

export interface Named {
  label: string;
  /** By what else it is found, which counts for less. */
  also?: string;
}

const lessFor = 0.5;

/** Those that fit, the best first and else in their own order. */
export function ranked<Each extends Named>(typed: string, all: readonly Each[]): { entry: Each; score: number }[] {
  return all
    .map((entry) => {
      const byName = scoreOf(typed, entry.label);
      const byAll = entry.also === undefined ? 0 : scoreOf(typed, `${entry.label} ${entry.also}`) * lessFor;
      return { entry, score: Math.max(byName, byAll) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}
