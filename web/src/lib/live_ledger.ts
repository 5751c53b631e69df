// What was heard of each topic, and what follows from what the service says.
import type { Topic } from './live';

interface Place {
  topic: string;
  seq: number;
}

/** A message of the service: one member, which names it. docs/LIVE.md describes them. */
export interface LiveMessage {
  hello?: { now: string; heartbeat_seconds: number };
  beat?: { now: string };
  subscribed?: Place;
  reset?: Place;
  event?: Place;
  error?: { reason: string; topic: string | null };
}

/** What to do about a message. */
export interface Consequence {
  /** These topics have spoken. */
  spoke?: Topic;
  /** Nothing is known of what happened before: read again once the first answers are in. */
  joined?: Topic;
  /** To be asked for again after a while. */
  again?: Topic;
}

const passing = new Set(['busy', 'unavailable', 'rate.limited']);

export class LiveLedger {
  /** The number of the last event; null: not subscribed to yet. */
  readonly #heard = new Map<string, number | null>();

  add(topic: Topic): void {
    if (!this.#heard.has(topic)) this.#heard.set(topic, null);
  }

  remove(topic: Topic): void {
    this.#heard.delete(topic);
  }

  has(topic: Topic): boolean {
    return this.#heard.has(topic);
  }

  topics(): Topic[] {
    return [...this.#heard.keys()] as Topic[];
  }

  /** The wish that goes on where this topic was heard last. */
  wish(topic: Topic): string {
    const after = this.#heard.get(topic) ?? null;
    return JSON.stringify({ subscribe: after === null ? { topic } : { topic, after } });
  }

  take(message: LiveMessage): Consequence {
    const { subscribed, reset, event, error } = message;
    if (subscribed) return this.#join(subscribed);
    if (reset) return this.#move(reset);
    if (event) return this.#hear(event);
    const topic = error?.topic as Topic | null | undefined;
    if (topic && passing.has(error?.reason ?? '') && this.#heard.has(topic)) return { again: topic };
    return {};
  }

  #join({ topic, seq }: Place): Consequence {
    const before = this.#heard.get(topic);
    if (before === undefined) return {};
    this.#heard.set(topic, seq);
    return before === null ? { joined: topic as Topic } : {};
  }

  #move({ topic, seq }: Place): Consequence {
    if (!this.#heard.has(topic)) return {};
    this.#heard.set(topic, seq);
    return { spoke: topic as Topic };
  }

  /** Events that were heard already say nothing. All that is missing is read when one speaks. */
  #hear(place: Place): Consequence {
    const heard = this.#heard.get(place.topic);
    if (heard === undefined || (heard !== null && place.seq <= heard)) return {};
    return this.#move(place);
  }
}
