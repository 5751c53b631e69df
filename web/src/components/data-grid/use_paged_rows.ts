import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';

import type { GridRows } from './types';

export const pageSize = 200;
const pagesAhead = 2; // So that rows are there before one comes to them.
const restMs = 80; // Who drags a list to its end wants its end, not what flies by.

interface Found<Row> {
  list: string;
  pages: ReadonlyMap<number, Row[]>;
  total: number;
}

interface PagedOptions<Row> {
  /** Of the list, with all that narrows and sorts it. */
  queryKey: readonly unknown[];
  read: (offset: number, signal: AbortSignal) => Promise<Row[]>;
  /** As counted; until then it is what has been read. */
  total: number | undefined;
}

export interface PagedRows<Row> extends GridRows<Row> {
  /** Something of this list, or of the one before it, can be shown. */
  ready: boolean;
  error: unknown;
}

const isSame = <Row>(one: Found<Row>, other: Found<Row>): boolean =>
  one.list === other.list && one.total === other.total && one.pages.size === other.pages.size &&
  [...one.pages].every(([page, rows]) => other.pages.get(page) === rows);

const pageOf = (row: number) => Math.floor(row / pageSize);

/** The pages about the rows that are looked at. */
function useWindow(list: string) {
  const [seen, setSeen] = useState({ list, first: 0, last: 0 });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const current = seen.list === list ? seen : { list, first: 0, last: 0 };
  const { first, last } = current;
  const see = useCallback((from: number, to: number) => {
    clearTimeout(timer.current);
    const next = { list, first: pageOf(from), last: pageOf(to) };
    if (next.first === first && next.last === last) return;
    const isNear = next.first <= last + pagesAhead && next.last >= first - 1;
    timer.current = setTimeout(() => setSeen(next), isNear ? 0 : restMs);
  }, [list, first, last]);
  return { first, last, see };
}

/**
 * The rows of a list that the service keeps, read a page at a time wherever one looks. While
 * another order or filter is being read, the rows of the one before stay.
 */
export function usePagedRows<Row>({ queryKey, read, total }: PagedOptions<Row>): PagedRows<Row> {
  const list = JSON.stringify(queryKey);
  const { first, last, see } = useWindow(list);
  const lastPage = total === undefined ? 0 : Math.max(0, pageOf(total - 1));
  const from = Math.max(0, first - 1);
  const wanted = Array.from({ length: Math.max(1, Math.min(last + pagesAhead, lastPage) - from + 1) }, (_unused, at) => from + at);
  const combine = useCallback((results: UseQueryResult<Row[]>[]) => ({
    pages: new Map(results.flatMap(({ data }, at): [number, Row[]][] => (data ? [[from + at, data]] : []))),
    loading: results.some((each) => each.isFetching),
    failed: results.filter((each) => each.isError),
  }), [from]);
  const { pages, loading, failed } = useQueries({
    queries: wanted.map((page) => ({
      queryKey: [...queryKey, page],
      staleTime: 60_000,
      queryFn: ({ signal }: { signal: AbortSignal }) => read(page * pageSize, signal),
    })),
    combine,
  });
  const [kept, keep] = useState<Found<Row> | null>(null);
  // Rows of a list whose size is not known yet are shown only when there is nothing else.
  const isHere = pages.size > 0 && (total !== undefined || kept === null || kept.list === list);
  const found = { list, pages, total: total ?? pages.get(0)?.length ?? 0 };
  if (isHere && (kept === null || !isSame(kept, found))) keep(found);
  const shown = isHere ? found : kept;
  return {
    total: shown?.total ?? 0,
    at: (index) => shown?.pages.get(pageOf(index))?.[index % pageSize],
    see,
    loading,
    ready: shown !== null,
    failed: failed.length > 0,
    error: isHere || failed.length === 0 ? null : failed[0]?.error,
    retry: () => failed.forEach((each) => void each.refetch()),
  };
}
