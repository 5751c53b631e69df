import { hearServerTime } from './clock';
import type { LiveSource, LiveState, Topic } from './live';
import { LiveLedger, type LiveMessage } from './live_ledger';
import { PollingSource } from './live_polling';

/** As much of a WebSocket as is used. */
export interface Line {
  send(text: string): void;
  close(): void;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

/** The page around, which a test stands in for. */
export interface Surroundings {
  open: () => Line;
  isHidden: () => boolean;
  /** The machine knows that it has no network. */
  isOffline: () => boolean;
  /** Calls back when the page is looked at again, or the network went or came. */
  notice: (event: 'seen' | 'online' | 'offline', happened: () => void) => void;
}

const ofThePage: Surroundings = {
  open: () => new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/live`) as unknown as Line,
  isHidden: () => document.hidden,
  isOffline: () => !navigator.onLine,
  notice: (event, happened) => {
    if (event === 'seen')
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden) happened();
      });
    else window.addEventListener(event, happened);
  },
};

const firstPauseMs = 500;
const pauseMaxMs = 30_000;
const patienceMs = 4_000; // For a line to come up before the service is asked in the old way.
const joinedAfterMs = 1_500;
const againAfterMs = 3_000;
const spreadMs = 300;
const restAfterMs = 1_000;
const missedBeats = 2.5;

/**
 * News over a WebSocket, which goes on after a cut where it was cut. While there is none, because
 * the network is gone or a proxy lets none through, the service is asked every few seconds.
 */
export class SocketSource implements LiveSource {
  readonly #around: Surroundings;
  readonly #polling: LiveSource;
  readonly #ledger = new LiveLedger();
  readonly #listeners = new Map<Topic, Set<() => void>>();
  readonly #watchers = new Set<() => void>();
  readonly #unseen = new Set<Topic>();
  readonly #speaking = new Set<Topic>();
  #line: Line | null = null;
  #isUp = false;
  #failures = 0;
  #heardAt = 0;
  #silenceMaxMs = 40_000;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #fallBack: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setInterval> | undefined;
  #stopPolling: (() => void) | null = null;

  constructor(around: Surroundings = ofThePage, polling: LiveSource = new PollingSource()) {
    this.#around = around;
    this.#polling = polling;
    around.notice('seen', () => this.#seen());
    around.notice('online', () => this.#reconnect());
    around.notice('offline', () => this.#lose());
  }

  listen(topic: Topic, changed: () => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(changed));
    if (!this.#ledger.has(topic)) {
      this.#ledger.add(topic);
      if (this.#isUp) this.#line?.send(this.#ledger.wish(topic));
    }
    const stop = this.#polling.listen(topic, changed);
    return () => {
      stop();
      listeners.delete(changed);
      if (listeners.size === 0 && this.#listeners.get(topic) === listeners) this.#forget(topic);
    };
  }

  state(): LiveState {
    if (this.#isUp) return 'live';
    return this.#stopPolling ? this.#polling.state() : 'connecting';
  }

  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    if (this.#watchers.size === 1) this.#connect();
    return () => {
      this.#watchers.delete(changed);
      // Pages come and go; the line stays for the next one.
      if (this.#watchers.size === 0) setTimeout(() => this.#rest(), restAfterMs);
    };
  }

  #connect() {
    clearTimeout(this.#retry);
    if (this.#line || this.#watchers.size === 0) return;
    if (this.#around.isOffline()) return this.#connectLater();
    const line = this.#around.open();
    this.#line = line;
    line.onmessage = ({ data }) => {
      if (line === this.#line) this.#take(String(data));
    };
    line.onclose = () => {
      if (line === this.#line) this.#lose();
    };
    this.#heardAt = performance.now();
    this.#silence ??= setInterval(() => this.#notice(), 1_000);
    if (!this.#stopPolling) this.#fallBack ??= setTimeout(() => this.#poll(), patienceMs);
  }

  #take(text: string) {
    const message = JSON.parse(text) as LiveMessage;
    this.#heardAt = performance.now();
    const said = message.hello ?? message.beat;
    if (said) hearServerTime(said.now);
    if (message.hello) this.#rise(message.hello.heartbeat_seconds);
    const { spoke, joined, again } = this.#ledger.take(message);
    if (spoke) this.#speak(spoke);
    if (joined) setTimeout(() => this.#speak(joined), joinedAfterMs);
    if (again) setTimeout(() => this.#ask(again), againAfterMs);
  }

  #rise(heartbeatSeconds: number) {
    this.#silenceMaxMs = Math.max(heartbeatSeconds, 1) * 1_000 * missedBeats;
    this.#failures = 0;
    for (const topic of this.#ledger.topics()) this.#line?.send(this.#ledger.wish(topic));
    this.#stopWaiting();
    this.#become(true);
  }

  #ask(topic: Topic) {
    if (this.#isUp && this.#ledger.has(topic)) this.#line?.send(this.#ledger.wish(topic));
  }

  /** The line is gone, whoever ended it. */
  #lose() {
    const line = this.#line;
    if (!line) return;
    this.#line = null;
    line.close();
    this.#connectLater();
    const wasUp = this.#isUp;
    this.#isUp = false;
    if (wasUp) this.#tellWatchers();
  }

  /** At random: all would come back at once when the service was started again. */
  #connectLater() {
    const pause = Math.min(firstPauseMs * 2 ** this.#failures, pauseMaxMs);
    this.#failures += 1;
    this.#retry = setTimeout(() => this.#connect(), pause * (0.5 + Math.random()));
    this.#poll();
  }

  #reconnect() {
    this.#failures = 0;
    if (!this.#isUp) this.#connect();
  }

  #seen() {
    for (const topic of this.#unseen) this.#speak(topic);
    this.#unseen.clear();
    this.#notice();
  }

  /** A line that says nothing for so long is none, whatever the machine believes. */
  #notice() {
    if (this.#line && performance.now() - this.#heardAt > this.#silenceMaxMs) this.#lose();
  }

  #poll() {
    if (this.#stopPolling || this.#watchers.size === 0) return;
    this.#stopPolling = this.#polling.watch(() => {
      if (!this.#isUp) this.#tellWatchers();
    });
    this.#tellWatchers();
  }

  #stopWaiting() {
    clearTimeout(this.#fallBack);
    this.#fallBack = undefined;
    this.#stopPolling?.();
    this.#stopPolling = null;
  }

  #rest() {
    if (this.#watchers.size > 0) return;
    clearTimeout(this.#retry);
    clearInterval(this.#silence);
    this.#silence = undefined;
    this.#stopWaiting();
    const line = this.#line;
    this.#line = null;
    this.#isUp = false;
    line?.close();
  }

  #forget(topic: Topic) {
    this.#listeners.delete(topic);
    this.#ledger.remove(topic);
    this.#unseen.delete(topic);
    if (this.#isUp) this.#line?.send(JSON.stringify({ unsubscribe: { topic } }));
  }

  /**
   * A page that nobody sees reads nothing, and catches up once it is looked at. The others read
   * once for what happens together, and not all pages at the same moment.
   */
  #speak(topic: Topic) {
    if (this.#around.isHidden()) this.#unseen.add(topic);
    if (this.#around.isHidden() || this.#speaking.has(topic)) return;
    this.#speaking.add(topic);
    setTimeout(() => {
      this.#speaking.delete(topic);
      this.#listeners.get(topic)?.forEach((tell) => tell());
    }, spreadMs * Math.random());
  }

  #become(isUp: boolean) {
    this.#isUp = isUp;
    this.#tellWatchers();
  }

  #tellWatchers() {
    this.#watchers.forEach((tell) => tell());
  }
}
