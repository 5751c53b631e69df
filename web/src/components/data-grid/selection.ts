import { useState } from 'react';

import type { Selection } from './types';

export const nothing: Selection = { all: false, keys: new Set() };
export const everything: Selection = { all: true, keys: new Set() };

export const isChosen = ({ all, keys }: Selection, key: string): boolean => all !== keys.has(key);

export const sizeOf = ({ all, keys }: Selection, total: number): number => (all ? total - keys.size : keys.size);

export function toggled({ all, keys }: Selection, key: string): Selection {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return { all, keys: next };
}

/** What is chosen among the rows of a list; another list, by other filters, begins with nothing. */
export function useSelection(list: string): [Selection, (next: Selection) => void] {
  const [kept, keep] = useState({ list, selection: nothing });
  return [kept.list === list ? kept.selection : nothing, (selection) => keep({ list, selection })];
}
