import { useQuery } from '@tanstack/react-query';
import { useParams, useRouterState, useSearch } from '@tanstack/react-router';

import { type Auction, auctionQuery, type Batch, batchesQuery, batchQuery } from '@/lib/queries';

export interface InView {
  sale: Auction | undefined;
  /** Of that sale, the one that is looked at first. */
  batches: Batch[];
}

/** The sale that the page is about, as its address says. */
export function useInView(): InView {
  const params = useParams({ strict: false });
  const search = useSearch({ strict: false });
  const isVerifier = useRouterState({ select: (state) => state.location.pathname === '/verify' });
  // On the list of a sale's items the same word is a batch's number.
  const batch_id = params.batch_id ?? (isVerifier ? search.batch : undefined);
  const batch = useQuery({ ...batchQuery(batch_id ?? ''), enabled: batch_id !== undefined });
  const auction_id = params.auction_id ?? batch.data?.auction_id;
  const sale = useQuery({ ...auctionQuery(auction_id ?? ''), enabled: auction_id !== undefined });
  const batches = useQuery({ ...batchesQuery(auction_id ?? ''), enabled: auction_id !== undefined });
  const all = batches.data ?? [];
  return {
    sale: sale.data,
    batches: [...all.filter(({ id }) => id === batch_id), ...all.filter(({ id }) => id !== batch_id)],
  };
}
