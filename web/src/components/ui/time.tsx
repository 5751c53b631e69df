import { useEffect, useRef, useState } from 'react';

import { serverNow, useServerTime } from '@/lib/clock';
import * as format from '@/lib/format';
import type { Batch } from '@/lib/queries';
import { m } from '@/messages';

export const Instant = ({ at, zone }: { at: string | null | undefined; zone: string }) =>
  at ? <time dateTime={at}>{format.instant(at, zone)}</time> : <>{format.dash}</>;

/** The service's clock, in the county's zone. */
export function ServerClock({ zone }: { zone: string }) {
  const now = useServerTime();
  return (
    <p className="server-clock">
      {m.time.serverClock} <span className="tabular">{now === null ? format.dash : format.clockTime(now, zone)}</span>{' '}
      <span className="quiet">({zone})</span>
    </p>
  );
}

type Clocked = Pick<Batch, 'status' | 'start_time' | 'end_time' | 'extended_to'>;

/** In the open format late bids move the ends of items. */
export const lastEnd = (batch: Pick<Batch, 'end_time' | 'extended_to'>): string =>
  batch.extended_to ?? batch.end_time;

/** What the clock will do to a batch next; null when nothing is planned. */
export function nextEvent(batch: Clocked): { at: number; opens: boolean } | null {
  if (batch.status === 'scheduled') return { at: Date.parse(batch.start_time), opens: true };
  if (batch.status === 'open') return { at: Date.parse(lastEnd(batch)), opens: false };
  return null;
}

export function Countdown({ batch }: { batch: Clocked }) {
  const now = useServerTime();
  const event = nextEvent(batch);
  if (!event || now === null) return <>{format.dash}</>;
  const left = event.at - now;
  if (left <= 0) return <span>{event.opens ? m.time.openingNow : m.time.closingNow}</span>;
  const text = format.duration(left);
  return <span className="tabular">{event.opens ? m.time.opensIn(text) : m.time.closesIn(text)}</span>;
}

const marks = [5, 1]; // Minutes before a close that are said at once.
const speechGapMs = 60_000;

/** Says what has changed, at most once a minute; five and one minutes to a close go first. */
export function Announcer({ batches }: { batches: Batch[] }) {
  const now = useServerTime();
  const [said, setSaid] = useState('');
  const memory = useRef({ statuses: new Map<string, string>(), queue: [] as string[], spokeAt: -Infinity, before: 0 });
  useEffect(() => {
    const state = memory.current;
    for (const batch of batches) {
      const old = state.statuses.get(batch.id);
      if (old !== undefined && old !== batch.status)
        state.queue.push(m.batch.nowIs(batch.number, m.words.batch[batch.status]));
      state.statuses.set(batch.id, batch.status);
    }
  }, [batches]);
  useEffect(() => {
    const state = memory.current;
    const current = serverNow();
    if (current === null) return;
    let urgent = false;
    for (const batch of batches) {
      const event = nextEvent(batch);
      if (!event || event.opens) continue;
      for (const minutes of marks) {
        const mark = event.at - minutes * 60_000;
        // A mark long past, after sleep or with a hidden page, would be a lie.
        if (!(state.before < mark && mark <= current && current - mark < 5_000)) continue;
        state.queue.push(m.batch.closesInMinutes(batch.number, minutes));
        urgent = true;
      }
    }
    state.before = current;
    const silent = performance.now() - state.spokeAt;
    if (state.queue.length === 0 || (silent < speechGapMs && !urgent)) return;
    setSaid(state.queue.splice(0).join('. '));
    state.spokeAt = performance.now();
  }, [now, batches]);
  return <p className="usa-sr-only" aria-live="polite">{said}</p>;
}
