import type { GridState } from './types';

/** What the address of a list says: its filters, and how the grid shows it. */
export type ListSearch<Name extends string> = GridState & Partial<Record<Name, string | undefined>>;

/** Reads an address: whatever people have made of it, each part is a text or absent. */
export function readListSearch<Name extends string>(search: Record<string, unknown>, filters: readonly Name[]): ListSearch<Name> {
  const texts: Record<string, string> = {};
  for (const name of [...filters, 'sort', 'hide']) {
    const value = search[name];
    if (value !== undefined && value !== null && value !== '') texts[name] = String(value);
  }
  if (search['density'] === 'compact') texts['density'] = 'compact';
  return texts as ListSearch<Name>;
}

/** The part of it that the service filters by. */
export const filtersIn = <Name extends string>(search: ListSearch<Name>, filters: readonly Name[]): Partial<Record<Name, string>> =>
  Object.fromEntries(filters.flatMap((name) => (search[name] ? [[name, search[name]]] : []))) as unknown as Partial<Record<Name, string>>;

export const without = <Name extends string>(filters: readonly Name[]): Partial<Record<Name, undefined>> =>
  Object.fromEntries(filters.map((name) => [name, undefined])) as unknown as Partial<Record<Name, undefined>>;

/** A saved view's part of an address, as the router reads it. */
export const searchOf = (text: string): Record<string, unknown> => Object.fromEntries(new URLSearchParams(text));
