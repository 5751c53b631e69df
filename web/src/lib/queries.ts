// What more than one page asks the service for.
import { queryOptions } from '@tanstack/react-query';

import { api, type Got, unwrap } from '@/lib/api';
import { mayHaveSession, noteSession } from '@/lib/session';

export type Auction = Got<'/api/v1/auctions/{auction_id}'>;
export type Batch = Got<'/api/v1/batches/{batch_id}'>;
export type County = Got<'/api/v1/counties/{county_id}'>;
export type Item = Got<'/api/v1/auctions/{auction_id}/items'>['items'][number];
export type Facets = Got<'/api/v1/auctions/{auction_id}/facets'>;
export type Rules = Got<'/api/v1/auctions/{auction_id}/rules'>;
export type Result = Got<'/api/v1/batches/{batch_id}/results'>['items'][number];

const pageMax = 200;

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** Every item of a list that is known to be short. */
async function whole<T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await read(cursor);
    items.push(...page.items);
    if (page.next_cursor === null) return items;
    cursor = page.next_cursor;
  }
}

const paging = (cursor: string | undefined) => ({
  limit: pageMax,
  ...(cursor === undefined ? {} : { cursor }),
});

export const countiesQuery = queryOptions({
  queryKey: ['counties'],
  queryFn: ({ signal }) =>
    whole(async (cursor) =>
      unwrap(await api.GET('/api/v1/counties', { params: { query: paging(cursor) }, signal })),
    ),
});

export const countyQuery = (county_id: string) =>
  queryOptions({
    queryKey: ['county', county_id],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/counties/{county_id}', { params: { path: { county_id } }, signal })),
  });

export const auctionsQuery = queryOptions({
  queryKey: ['auctions'],
  queryFn: ({ signal }) =>
    whole(async (cursor) =>
      unwrap(await api.GET('/api/v1/auctions', { params: { query: paging(cursor) }, signal })),
    ),
});

export const auctionQuery = (auction_id: string) =>
  queryOptions({
    queryKey: ['auction', auction_id],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/auctions/{auction_id}', { params: { path: { auction_id } }, signal })),
  });

export const batchesQuery = (auction_id: string) =>
  queryOptions({
    queryKey: ['auction', auction_id, 'batches'],
    queryFn: ({ signal }) =>
      whole(async (cursor) =>
        unwrap(
          await api.GET('/api/v1/auctions/{auction_id}/batches', {
            params: { path: { auction_id }, query: paging(cursor) },
            signal,
          }),
        ),
      ),
  });

export const rulesQuery = (auction_id: string) =>
  queryOptions({
    queryKey: ['rules', auction_id],
    staleTime: 300_000,
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/auctions/{auction_id}/rules', { params: { path: { auction_id } }, signal })),
  });

export const batchQuery = (batch_id: string) =>
  queryOptions({
    queryKey: ['batch', batch_id],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/batches/{batch_id}', { params: { path: { batch_id } }, signal })),
  });

export const accountQuery = queryOptions({
  queryKey: ['account'],
  retry: false,
  staleTime: 60_000,
  // A visitor is told that they are one; that is an answer and no failure.
  queryFn: async ({ signal }) => {
    if (!mayHaveSession()) return null;
    const answer = await api.GET('/api/v1/account', { signal });
    if (answer.response.status !== 401) return unwrap(answer);
    noteSession(false);
    return null;
  },
});
