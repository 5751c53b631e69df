import { type FacetFilter, Filters, type TypedFilter } from '@/components/data-grid/filters';
import type { Facets } from '@/lib/queries';
import { namedUse } from '@/lib/uses';
import { m } from '@/messages';

import type { ItemsSearch } from './search';

const typed: TypedFilter[] = [
  { name: 'q', label: m.filters.search, hint: m.items.searchHint, inputMode: 'search' },
  { name: 'face_min', label: m.items.faceMin, inputMode: 'decimal' },
  { name: 'face_max', label: m.items.faceMax, inputMode: 'decimal' },
];

const facetsOf = (facets: Facets, state: string | undefined): FacetFilter[] => [
  { name: 'batch', label: m.items.batch, counts: facets.batch },
  { name: 'status', label: m.items.status, counts: facets.status, word: (value) => m.words.item[value] ?? value },
  { name: 'city', label: m.items.city, counts: facets.city },
  { name: 'use_code', label: m.items.use_code, counts: facets.use_code, word: (value) => namedUse(state, value) },
  { name: 'homestead', label: m.items.homestead, counts: facets.homestead, word: (value) => (value === 'true' ? m.items.yes : m.items.no) },
];

interface ItemFiltersProps {
  state: string | undefined;
  facets: Facets | undefined;
  search: ItemsSearch;
  change: (part: Partial<ItemsSearch>) => void;
  clear: () => void;
}

export const ItemFilters = ({ state, facets, search, change, clear }: ItemFiltersProps) => (
  <Filters typed={typed} facets={facets && facetsOf(facets, state)} search={{ ...search }} change={change} clear={clear} />
);
