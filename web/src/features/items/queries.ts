import { keepPreviousData, queryOptions } from '@tanstack/react-query';

import { pageSize } from '@/components/data-grid/use_paged_rows';
import { api, unwrap } from '@/lib/api';
import type { Item } from '@/lib/queries';

import { filtersOf, type ItemsSearch } from './search';

type Filters = ReturnType<typeof filtersOf>;
const sorted = (sort: string | undefined) => (sort === undefined ? {} : { sort });

export async function readItems(auction_id: string, search: ItemsSearch, offset: number, signal: AbortSignal): Promise<Item[]> {
  const query = { limit: pageSize, offset, ...filtersOf(search), ...sorted(search.sort) };
  const path = { auction_id };
  return unwrap(await api.GET('/api/v1/auctions/{auction_id}/items', { params: { path, query }, signal })).items;
}

export const facetsQuery = (auction_id: string, filters: Filters) =>
  queryOptions({
    queryKey: ['facets', auction_id, filters],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/auctions/{auction_id}/facets', { params: { path: { auction_id }, query: filters }, signal })),
  });

/** All that match, as CSV. */
export async function matchingItems(auction_id: string, search: ItemsSearch): Promise<string> {
  const answer = await api.GET('/api/v1/auctions/{auction_id}/items.csv', {
    params: { path: { auction_id }, query: { ...filtersOf(search), ...sorted(search.sort) } },
    parseAs: 'text',
  });
  return unwrap(answer);
}
