import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/lib/api';
import { parseCsv } from '@/lib/csv';

import { filtersOf, type ItemsSearch } from './search';

const pageSize = 200;

type Filters = ReturnType<typeof filtersOf>;
const sorted = (sort: string | undefined) => (sort === undefined ? {} : { sort });

export const itemsQuery = (auction_id: string, filters: Filters, sort: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['items', auction_id, filters, sort],
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      unwrap(
        await api.GET('/api/v1/auctions/{auction_id}/items', {
          params: {
            path: { auction_id },
            query: { limit: pageSize, ...filters, ...sorted(sort), ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const facetsQuery = (auction_id: string, filters: Filters) =>
  queryOptions({
    queryKey: ['facets', auction_id, filters],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/auctions/{auction_id}/facets', { params: { path: { auction_id }, query: filters }, signal })),
  });

/** All that match, as lines of cells: the first one names the columns. */
export async function matchingRows(auction_id: string, search: ItemsSearch): Promise<string[][]> {
  const answer = await api.GET('/api/v1/auctions/{auction_id}/items.csv', {
    params: { path: { auction_id }, query: { ...filtersOf(search), ...sorted(search.sort) } },
    parseAs: 'text',
  });
  return parseCsv(unwrap(answer));
}
