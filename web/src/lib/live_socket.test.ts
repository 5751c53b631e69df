import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { serverNow } from './clock';
import type { LiveSource, LiveState, Topic } from './live';
import { LiveLedger } from './live_ledger';
import { type Line, SocketSource } from './live_socket';

class FakeLine implements Line {
  sent: unknown[] = [];
  isClosed = false;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.isClosed = true;
  }
  say(message: object) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }
  cut() {
    this.onclose?.();
  }
}

class FakePolling implements LiveSource {
  now: LiveState = 'connecting';
  watchers = new Set<() => void>();
  listen() {
    return () => undefined;
  }
  state() {
    return this.now;
  }
  watch(changed: () => void) {
    this.watchers.add(changed);
    return () => void this.watchers.delete(changed);
  }
  become(state: LiveState) {
    this.now = state;
    this.watchers.forEach((tell) => tell());
  }
}

const topic: Topic = 'batch:1';
const hello = { hello: { now: '2026-05-27T14:00:00.000000Z', heartbeat_seconds: 15 } };

function stage() {
  const lines: FakeLine[] = [];
  const polling = new FakePolling();
  const page = { hidden: false, offline: false, happened: new Map<string, () => void>() };
  const source = new SocketSource(
    {
      open: () => {
        lines.push(new FakeLine());
        return lines.at(-1) as FakeLine;
      },
      isHidden: () => page.hidden,
      isOffline: () => page.offline,
      notice: (event, happened) => void page.happened.set(event, happened),
    },
    polling,
  );
  const spoken: string[] = [];
  const leave = source.listen(topic, () => spoken.push(topic));
  const unwatch = source.watch(() => undefined);
  const line = () => lines.at(-1) as FakeLine;
  return { lines, polling, page, source, spoken, leave, unwatch, line };
}

const settle = () => vi.advanceTimersByTime(400);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a topic speaks when something happened, and once more after it was joined', () => {
  const { line, spoken, source } = stage();
  expect(source.state()).toBe('connecting');
  expect(line().sent).toEqual([]);
  line().say(hello);
  expect(source.state()).toBe('live');
  expect(line().sent).toEqual([{ subscribe: { topic } }]);
  line().say({ subscribed: { topic, seq: 4 } });
  expect(spoken).toHaveLength(0);
  line().say({ event: { topic, seq: 5 } });
  line().say({ event: { topic, seq: 6 } });
  settle();
  expect(spoken, 'once for what happens together').toHaveLength(1);
  vi.advanceTimersByTime(2_000);
  expect(spoken).toHaveLength(2);
});

test('a cut line goes on where it was cut, without hearing anything twice', () => {
  const { lines, line, spoken } = stage();
  line().say(hello);
  line().say({ subscribed: { topic, seq: 4 } });
  line().say({ event: { topic, seq: 5 } });
  vi.advanceTimersByTime(2_000);
  line().cut();
  vi.advanceTimersByTime(1_000);
  expect(lines).toHaveLength(2);
  line().say(hello);
  expect(line().sent).toEqual([{ subscribe: { topic, after: 5 } }]);
  const before = spoken.length;
  line().say({ subscribed: { topic, seq: 5 } });
  line().say({ event: { topic, seq: 5 } });
  vi.advanceTimersByTime(2_000);
  expect(spoken).toHaveLength(before);
  line().say({ event: { topic, seq: 6 } });
  settle();
  expect(spoken).toHaveLength(before + 1);
  line().say({ reset: { topic, seq: 90 } });
  settle();
  expect(spoken).toHaveLength(before + 2);
  line().cut();
  vi.advanceTimersByTime(1_000);
  line().say(hello);
  expect(line().sent).toEqual([{ subscribe: { topic, after: 90 } }]);
});

test('attempts come at growing distances, and asking goes on meanwhile', () => {
  const { lines, line, polling, source, page } = stage();
  line().cut();
  expect(polling.watchers.size).toBe(1);
  polling.become('live');
  expect(source.state()).toBe('live');
  polling.become('offline');
  expect(source.state()).toBe('offline');
  for (let i = 0; i < 12; ++i) {
    vi.advanceTimersByTime(45_000);
    line().cut();
  }
  const before = lines.length;
  vi.advanceTimersByTime(14_000);
  expect(lines).toHaveLength(before);
  page.happened.get('online')?.();
  expect(lines).toHaveLength(before + 1);
  line().say(hello);
  expect(source.state()).toBe('live');
  expect(polling.watchers.size).toBe(0);
});

test('without a network no line is tried until there is one', () => {
  const { lines, line, page, polling, source } = stage();
  line().say(hello);
  page.offline = true;
  page.happened.get('offline')?.();
  polling.become('offline');
  expect(lines[0]?.isClosed).toBe(true);
  vi.advanceTimersByTime(60_000);
  expect(lines).toHaveLength(1);
  expect(source.state()).toBe('offline');
  page.offline = false;
  page.happened.get('online')?.();
  expect(lines).toHaveLength(2);
});

test('a line that never comes up leaves the asking to the other source', () => {
  const { polling, source } = stage();
  expect(polling.watchers.size).toBe(0);
  vi.advanceTimersByTime(5_000);
  polling.become('live');
  expect(source.state()).toBe('live');
});

test('a line that falls silent is given up', () => {
  const { lines, line, source, polling } = stage();
  line().say(hello);
  vi.advanceTimersByTime(30_000);
  line().say({ beat: { now: '2026-05-27T14:00:30.000000Z' } });
  vi.advanceTimersByTime(30_000);
  expect(lines).toHaveLength(1);
  vi.advanceTimersByTime(9_000);
  expect(lines[0]?.isClosed).toBe(true);
  expect(source.state()).toBe(polling.state());
});

test('a page that nobody sees reads nothing until it is looked at', () => {
  const { line, spoken, page } = stage();
  line().say(hello);
  line().say({ subscribed: { topic, seq: 0 } });
  vi.advanceTimersByTime(2_000);
  spoken.length = 0;
  page.hidden = true;
  line().say({ event: { topic, seq: 1 } });
  line().say({ event: { topic, seq: 2 } });
  settle();
  expect(spoken).toHaveLength(0);
  page.hidden = false;
  page.happened.get('seen')?.();
  settle();
  expect(spoken).toHaveLength(1);
});

test('what nobody listens to any more is left, and what was refused for now is asked for again', () => {
  const { line, leave } = stage();
  line().say(hello);
  line().say({ error: { reason: 'busy', detail: '', topic } });
  vi.advanceTimersByTime(4_000);
  expect(line().sent).toEqual([{ subscribe: { topic } }, { subscribe: { topic } }]);
  leave();
  expect(line().sent.at(-1)).toEqual({ unsubscribe: { topic } });
  line().say({ error: { reason: 'busy', detail: '', topic } });
  vi.advanceTimersByTime(4_000);
  expect(line().sent).toHaveLength(3);
});

test('when nobody watches any more the line is ended', () => {
  const { lines, line, source, unwatch } = stage();
  line().say(hello);
  unwatch();
  const again = source.watch(() => undefined);
  vi.advanceTimersByTime(10_000);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.isClosed, 'one watcher goes and another comes').toBe(false);
  again();
  vi.advanceTimersByTime(60_000);
  expect(lines[0]?.isClosed).toBe(true);
  expect(lines).toHaveLength(1);
});

test('the clock is at least where the service said that it was', () => {
  const { line } = stage();
  const now = Date.parse(hello.hello.now);
  line().say(hello);
  expect(serverNow()).toBeGreaterThanOrEqual(now - 1);
  vi.advanceTimersByTime(1_000);
  line().say({ beat: { now: '2026-05-27T14:00:00.900000Z' } }); // Held up on its way.
  expect(serverNow()).toBeGreaterThanOrEqual(now + 999);
  line().say({ beat: { now: '2026-05-27T15:00:00.000000Z' } });
  expect(serverNow()).toBeGreaterThanOrEqual(Date.parse('2026-05-27T15:00:00Z') - 1);
});

test('wherever a stream of events is cut, every number is heard once', () => {
  let seed = 7;
  const dice = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 50; ++round) {
    const ledger = new LiveLedger();
    ledger.add(topic);
    ledger.take({ subscribed: { topic, seq: 0 } });
    const heard: number[] = [];
    let last = 0;
    while (last < 40) {
      last += dice(5);
      const wish = JSON.parse(ledger.wish(topic)) as { subscribe: { after: number } };
      const from = wish.subscribe.after;
      ledger.take({ subscribed: { topic, seq: from } });
      for (let seq = from + 1; seq <= Math.min(last, from + dice(6)); ++seq)
        for (let times = dice(2); times >= 0; --times)
          if (ledger.take({ event: { topic, seq } }).spoke) heard.push(seq);
    }
    expect(heard).toEqual(heard.map((_, index) => index + 1));
    expect(heard.length).toBeGreaterThan(0);
  }
});
