import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { api, ApiError, unwrap } from '@/lib/api';
import type { Item } from '@/lib/queries';

export const itemsMax = 8;
const restMs = 200; // Whoever types on has not finished the word.
const staleMs = 60_000;

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
}

const read = async (auction_id: string, query: { q?: string; sort?: string; limit: number }, signal: AbortSignal) =>
  unwrap(await api.GET('/api/v1/auctions/{auction_id}/items', { params: { path: { auction_id }, query }, signal })).items;

/** The item of a number, if the sale has it. */
async function numbered(auction_id: string, adv_no: number, greatest: number, signal: AbortSignal): Promise<Item[]> {
  if (adv_no < 1 || adv_no > greatest) return [];
  try {
    return [unwrap(await api.GET('/api/v1/auctions/{auction_id}/items/{adv_no}', { params: { path: { auction_id, adv_no } }, signal })).item];
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return []; // The list has gaps.
    throw error;
  }
}

export interface ItemSearch {
  items: Item[];
  /** What they were searched by. */
  typed: string;
  state: 'idle' | 'loading' | 'failed' | 'found';
  retry: () => void;
}

/** The certificates of a sale by number, parcel, owner or address, as soon as one stops typing. */
export function useItemSearch(auction_id: string | undefined, text: string): ItemSearch {
  const wanted = text.trim();
  const typed = useRested(wanted);
  const isWanted = auction_id !== undefined && wanted !== '';
  const enabled = isWanted && typed !== '';
  const isNumber = /^\d{1,9}$/.test(typed);
  // So that not every number that somebody types on the way to another is asked for.
  const greatest = useQuery({
    queryKey: ['palette', auction_id, 'greatest'],
    enabled: enabled && isNumber,
    staleTime: staleMs,
    queryFn: async ({ signal }) => (await read(auction_id ?? '', { sort: '-number', limit: 1 }, signal))[0]?.adv_no ?? 0,
  });
  const found = useQuery({
    queryKey: ['palette', auction_id, 'items', typed],
    enabled: enabled && !(isNumber && greatest.isPending),
    staleTime: staleMs,
    queryFn: async ({ signal }) => {
      const [byNumber, byText] = await Promise.all([
        isNumber ? numbered(auction_id ?? '', Number(typed), greatest.data ?? 0, signal) : [],
        read(auction_id ?? '', { q: typed, limit: itemsMax }, signal),
      ]);
      const others = byText.filter((item) => item.adv_no !== byNumber[0]?.adv_no);
      return [...byNumber, ...others].slice(0, itemsMax);
    },
  });
  const retry = () => {
    void greatest.refetch();
    void found.refetch();
  };
  const items = isWanted && typed === wanted ? (found.data ?? []) : [];
  if (!isWanted) return { items, typed, state: 'idle', retry };
  if (typed !== wanted) return { items, typed, state: 'loading', retry };
  if (found.isError || (isNumber && greatest.isError)) return { items, typed, state: 'failed', retry };
  return { items, typed, state: found.data ? 'found' : 'loading', retry };
}
