import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { pageSize } from '@/components/data-grid/use_paged_rows';
import { api, type Got, unwrap } from '@/lib/api';
import type { Result } from '@/lib/queries';

import { bidFiltersOf, type BidsSearch, resultFiltersOf, type ResultsSearch } from './search';

export type ResultFacets = Got<'/api/v1/batches/{batch_id}/results/facets'>;
export type Bid = Got<'/api/v1/batches/{batch_id}/items/{adv_no}/bids'>['items'][number];

const sorted = (sort: string | undefined) => (sort === undefined ? {} : { sort });

export async function readResults(batch_id: string, search: ResultsSearch, offset: number, signal: AbortSignal): Promise<Result[]> {
  const query = { limit: pageSize, offset, ...resultFiltersOf(search), ...sorted(search.sort) };
  const path = { batch_id };
  return unwrap(await api.GET('/api/v1/batches/{batch_id}/results', { params: { path, query }, signal })).items;
}

export const resultFacetsQuery = (batch_id: string, query: ReturnType<typeof resultFiltersOf>) =>
  queryOptions({
    queryKey: ['results', batch_id, 'facets', query],
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/batches/{batch_id}/results/facets', { params: { path: { batch_id }, query }, signal })),
  });

/** All results that match, as CSV. */
export async function matchingResults(batch_id: string, search: ResultsSearch): Promise<string> {
  const query = { ...resultFiltersOf(search), ...sorted(search.sort) };
  const path = { batch_id };
  return unwrap(await api.GET('/api/v1/batches/{batch_id}/results.csv', { params: { path, query }, parseAs: 'text' }));
}

export async function readBids(batch_id: string, adv_no: number, search: BidsSearch, offset: number, signal: AbortSignal): Promise<Bid[]> {
  const query = { limit: pageSize, offset, ...bidFiltersOf(search), ...sorted(search.sort) };
  const path = { batch_id, adv_no };
  return unwrap(await api.GET('/api/v1/batches/{batch_id}/items/{adv_no}/bids', { params: { path, query }, signal })).items;
}

export async function matchingBids(batch_id: string, adv_no: number, search: BidsSearch): Promise<string> {
  const query = { ...bidFiltersOf(search), ...sorted(search.sort) };
  const path = { batch_id, adv_no };
  return unwrap(await api.GET('/api/v1/batches/{batch_id}/items/{adv_no}/bids.csv', { params: { path, query }, parseAs: 'text' }));
}

export const chainQuery = (batch_id: string) =>
  queryOptions({
    queryKey: ['chain', batch_id],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/batches/{batch_id}/chain', { params: { path: { batch_id } }, signal })).links,
  });
