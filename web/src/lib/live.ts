import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useEffect, useSyncExternalStore } from 'react';

/** What one may listen to. Each topic says which queries have grown old when it speaks. */
export type Topic = 'sales' | `sale:${string}` | `batch:${string}`;

export type LiveState = 'connecting' | 'live' | 'offline';

/**
 * Where news come from. What happened is never in the news themselves: a topic that has spoken is
 * read again, so that a lost message costs time and not truth.
 */
export interface LiveSource {
  /** Calls `changed` whenever something under the topic may be new, until it is given back. */
  listen(topic: Topic, changed: () => void): () => void;
  state(): LiveState;
  /** Calls `changed` when the state does. */
  watch(changed: () => void): () => void;
}

export const LiveContext = createContext<LiveSource | null>(null);

function useSource(): LiveSource {
  const source = useContext(LiveContext);
  if (!source) throw new Error('there is no live source around this');
  return source;
}

export function useLiveState(): LiveState {
  const source = useSource();
  // One function for all renderings: another one would be a watcher that goes and one that comes.
  const watch = useCallback((changed: () => void) => source.watch(changed), [source]);
  return useSyncExternalStore(watch, () => source.state());
}

const refresh = (client: QueryClient, key: QueryKey) =>
  void client.invalidateQueries({ queryKey: key, refetchType: 'active' });

/** Keeps the queries under a key as fresh as the news of a topic. */
export function useLive(topic: Topic | null, key: QueryKey): void {
  const source = useSource();
  const client = useQueryClient();
  const path = JSON.stringify(key);
  useEffect(() => {
    if (!topic) return undefined;
    return source.listen(topic, () => refresh(client, JSON.parse(path) as QueryKey));
  }, [source, client, topic, path]);
}
