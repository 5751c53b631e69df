import { useSyncExternalStore } from 'react';

import { api, unwrap } from '@/lib/api';

// The service's clock decides when a batch closes, never the reader's own.
let offset: number | null = null;
let syncedAt = -Infinity;
const listeners = new Set<() => void>();
const ageMax = 60_000;

/** Asks for the time, and takes half of the way there and back off it. */
export async function syncClock(): Promise<void> {
  if (performance.now() - syncedAt < ageMax) return;
  syncedAt = performance.now();
  try {
    const sent = performance.now();
    const { now } = unwrap(await api.GET('/api/v1/time'));
    const back = performance.now();
    offset = Date.parse(now) + (back - sent) / 2 - back;
    listeners.forEach((listener) => listener());
  } catch {
    syncedAt = -Infinity; // Asked for again with the next tick; the offline banner tells people.
  }
}

const setBackMs = 2_000;

/**
 * A time that the service said, of which nobody knows how long it travelled: the service's clock
 * is at least there. A clock that was set back, or a message that was held up, is asked about.
 */
export function hearServerTime(now: string): void {
  const heard = Date.parse(now) - performance.now();
  if (offset !== null && heard <= offset) {
    if (offset - heard < setBackMs) return;
    syncedAt = -Infinity;
    void syncClock();
    return;
  }
  offset = heard;
  listeners.forEach((listener) => listener());
}

/** Milliseconds since 1970 by the service's clock; null until it is known. */
export const serverNow = (): number | null => (offset === null ? null : performance.now() + offset);

let second: number | null = null;
function tick() {
  void syncClock();
  const now = serverNow();
  const next = now === null ? null : Math.floor(now / 1000) * 1000;
  if (next === second) return;
  second = next;
  listeners.forEach((listener) => listener());
}

let timer: ReturnType<typeof setInterval> | undefined;
function subscribe(listener: () => void) {
  listeners.add(listener);
  if (listeners.size === 1) {
    tick();
    timer = setInterval(tick, 250);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** The service's time in whole seconds, anew each second; null until it is known. */
export const useServerTime = (): number | null => useSyncExternalStore(subscribe, () => second);
