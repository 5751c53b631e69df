import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { api, unwrap } from '@/lib/api';

const pageSize = 200;

export const resultsQuery = (batch_id: string) =>
  infiniteQueryOptions({
    queryKey: ['results', batch_id],
    staleTime: 60_000,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) =>
      unwrap(
        await api.GET('/api/v1/batches/{batch_id}/results', {
          params: { path: { batch_id }, query: { limit: pageSize, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });

export const bidsQuery = (batch_id: string, adv_no: number) =>
  queryOptions({
    queryKey: ['bids', batch_id, adv_no],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/api/v1/batches/{batch_id}/items/{adv_no}/bids', {
          params: { path: { batch_id, adv_no } },
          signal,
        }),
      ).items,
  });

export const chainQuery = (batch_id: string) =>
  queryOptions({
    queryKey: ['chain', batch_id],
    queryFn: async ({ signal }) =>
      unwrap(await api.GET('/api/v1/batches/{batch_id}/chain', { params: { path: { batch_id } }, signal })).links,
  });
