import { filtersIn, type ListSearch, readListSearch } from '@/components/data-grid/search';

export const resultFilters = ['q', 'status', 'drawn', 'rate'] as const;
export type ResultsSearch = ListSearch<(typeof resultFilters)[number]>;
export const readResultsSearch = (search: Record<string, unknown>): ResultsSearch => readListSearch(search, resultFilters);
export const resultFiltersOf = (search: ResultsSearch) => filtersIn(search, resultFilters);

export const bidFilters = ['bidder'] as const;
export type BidsSearch = ListSearch<(typeof bidFilters)[number]>;
export const readBidsSearch = (search: Record<string, unknown>): BidsSearch => readListSearch(search, bidFilters);
export const bidFiltersOf = (search: BidsSearch) => filtersIn(search, bidFilters);
