import type { LiveSource, LiveState, Topic } from './live';

const probe = '/healthz';
const probeLimitMs = 8_000;

/** News by asking: every topic speaks each time that the service was found to answer. */
export class PollingSource implements LiveSource {
  #state: LiveState = 'connecting';
  readonly #topics = new Map<Topic, Set<() => void>>();
  readonly #watchers = new Set<() => void>();
  readonly #everyMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(everyMs = 5_000) {
    this.#everyMs = everyMs;
    window.addEventListener('online', () => this.#soon());
    window.addEventListener('offline', () => this.#become('offline'));
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#soon();
    });
  }

  listen(topic: Topic, changed: () => void): () => void {
    const listeners = this.#topics.get(topic) ?? new Set();
    this.#topics.set(topic, listeners.add(changed));
    return () => {
      listeners.delete(changed);
      if (listeners.size === 0) this.#topics.delete(topic);
    };
  }

  state(): LiveState {
    return this.#state;
  }

  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    if (this.#timer === undefined) this.#soon();
    return () => {
      this.#watchers.delete(changed);
      if (this.#watchers.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #soon() {
    if (this.#watchers.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), 0);
  }

  async #ask() {
    // A page that nobody sees asks for nothing, and catches up once it is looked at.
    if (!document.hidden) {
      const reached = await this.#reach();
      this.#become(reached ? 'live' : 'offline');
      if (reached) for (const listeners of this.#topics.values()) listeners.forEach((tell) => tell());
    }
    this.#timer = setTimeout(() => void this.#ask(), this.#everyMs);
  }

  async #reach(): Promise<boolean> {
    try {
      const signal = AbortSignal.timeout(probeLimitMs);
      return (await fetch(probe, { cache: 'no-store', signal })).ok;
    } catch {
      return false;
    }
  }

  #become(state: LiveState) {
    if (state === this.#state) return;
    this.#state = state;
    this.#watchers.forEach((tell) => tell());
  }
}
