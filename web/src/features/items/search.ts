import type { GridState } from '@/components/data-grid/types';

/** What the address of the list says. */
export interface ItemsSearch extends GridState {
  q?: string | undefined;
  batch?: string | undefined;
  status?: string | undefined;
  city?: string | undefined;
  use_code?: string | undefined;
  homestead?: string | undefined;
  face_min?: string | undefined;
  face_max?: string | undefined;
  view?: 'map' | undefined;
}

export const filterNames = ['q', 'batch', 'status', 'city', 'use_code', 'homestead', 'face_min', 'face_max'] as const;
export type FilterName = (typeof filterNames)[number];
const others = ['sort', 'hide'] as const;

/** Reads an address: whatever people have made of it, each part is a text or absent. */
export function readSearch(search: Record<string, unknown>): ItemsSearch {
  const out: ItemsSearch = {};
  for (const name of [...filterNames, ...others]) {
    const value = search[name];
    if (value !== undefined && value !== null && value !== '') out[name] = String(value);
  }
  if (search['density'] === 'compact') out.density = 'compact';
  if (search['view'] === 'map') out.view = 'map';
  return out;
}

/** The part of it that the service filters by. */
export function filtersOf(search: ItemsSearch) {
  const { batch, ...texts } = Object.fromEntries(
    filterNames.filter((name) => search[name]).map((name) => [name, search[name]]),
  ) as Partial<Record<FilterName, string>>;
  return { ...texts, ...(batch === undefined ? {} : { batch: Number(batch) }) };
}
