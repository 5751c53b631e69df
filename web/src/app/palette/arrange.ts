import { ranked } from './match';

export interface Entry {
  id: string;
  label: string;
  also?: string;
  /** Stands beside its name. */
  hint?: string;
  chord?: string;
  run: () => void;
}

export interface EntryGroup {
  id: string;
  heading: string;
  entries: Entry[];
}

export const eachMax = 6;

/** Without a word, the pages and the beginning of all else; with one, what fits it, the best group first. */
export function arranged(groups: EntryGroup[], typed: string): EntryGroup[] {
  if (typed.trim() === '')
    return groups
      .map((group) => (group.id === 'pages' ? group : { ...group, entries: group.entries.slice(0, eachMax) }))
      .filter(({ entries }) => entries.length > 0);
  return groups
    .map((group) => ({ group, fits: ranked(typed, group.entries).slice(0, eachMax) }))
    .filter(({ fits }) => fits.length > 0)
    .sort((a, b) => (b.fits[0]?.score ?? 0) - (a.fits[0]?.score ?? 0))
    .map(({ group, fits }) => ({ ...group, entries: fits.map(({ entry }) => entry) }));
}
