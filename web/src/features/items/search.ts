import { filtersIn, type ListSearch, readListSearch } from '@/components/data-grid/search';

export const filterNames = ['q', 'batch', 'status', 'city', 'use_code', 'homestead', 'face_min', 'face_max'] as const;

/** What the address of the list says. */
export interface ItemsSearch extends ListSearch<(typeof filterNames)[number]> {
  view?: 'map' | undefined;
}

export function readSearch(search: Record<string, unknown>): ItemsSearch {
  const read = readListSearch(search, filterNames);
  return search['view'] === 'map' ? { ...read, view: 'map' } : read;
}

/** The part of it that the service filters by. */
export function filtersOf(search: ItemsSearch) {
  const { batch, ...texts } = filtersIn(search, filterNames);
  return { ...texts, ...(batch === undefined ? {} : { batch: Number(batch) }) };
}
