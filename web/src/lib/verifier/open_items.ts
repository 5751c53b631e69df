import { faults } from '@/messages/verifier';

import { type AwardRules, formatRate } from './rules';
import { changeKinds, type Transcript } from './transcript';

/** A move of the end of a batch. */
interface EndMove {
  readonly at: bigint;
  /** Since when time stood still: a pause, or the move itself. */
  readonly since: bigint;
  readonly end: bigint;
}

interface Item {
  readonly lead: number | undefined;
  readonly end: bigint;
  readonly extensions: number;
  /** A bid at or below the floor ended it. */
  readonly isFinal: boolean;
  readonly movesSeen: number;
}

const microsOfMinute = 60_000_000n;

function endMoves(changes: Transcript['changes']): EndMove[] {
  const moves: EndMove[] = [];
  let paused: bigint | undefined;
  for (const { kind, at, newEnd } of changes) {
    if (kind === changeKinds.paused) paused = at;
    if (kind === changeKinds.endMoved || kind === changeKinds.resumed)
      moves.push({ at, since: paused ?? at, end: newEnd });
    if (kind === changeKinds.resumed) paused = undefined;
  }
  return moves;
}

/**
 * The items of a batch in the open format: every bid is lower than the one before by at least one
 * step, the first at or below the floor ends the item, one in the last minutes moves its end.
 */
export class OpenItems {
  private readonly rules: AwardRules;
  private readonly end: bigint;
  private readonly moves: readonly EndMove[];
  private readonly items = new Map<number, Item>();

  constructor({ rules, open, changes }: Transcript) {
    this.rules = rules;
    this.end = open.end;
    this.moves = endMoves(changes);
  }

  /** Takes in the next bid on a lot; in words what is wrong with it, empty when nothing is. */
  apply(lot: number, rate: number, at: bigint): string {
    const item = this.itemAt(lot, at);
    if (item.isFinal) return faults.itemFinal;
    if (at >= item.end) return faults.itemEnded;
    if (item.lead !== undefined && rate > item.lead - this.rules.rateStep)
      return faults.notLower(formatRate(rate), formatRate(item.lead));
    this.items.set(lot, this.led(item, rate, at));
    return '';
  }

  /** When the bidding on the last item ends. */
  lastEnd(): bigint {
    let last = this.moved(undefined, undefined).end;
    for (const item of this.items.values()) {
      const { end } = this.moved(item, undefined);
      if (end > last) last = end;
    }
    return last;
  }

  private led(item: Item, rate: number, at: bigint): Item {
    if (rate <= this.rules.rateFloor) return { ...item, lead: rate, isFinal: true, end: at };
    const extension = BigInt(this.rules.extensionMinutes ?? 0) * microsOfMinute;
    const moves =
      extension > 0n && item.extensions < this.rules.extensionsMax && at >= item.end - extension;
    if (!moves) return { ...item, lead: rate };
    return { ...item, lead: rate, end: at + extension, extensions: item.extensions + 1 };
  }

  private itemAt(lot: number, at: bigint): Item {
    return this.moved(this.items.get(lot), at);
  }

  /** As the moves up to a time leave it. */
  private moved(item: Item | undefined, until: bigint | undefined): Item {
    let moved = item ?? { lead: undefined, end: this.end, extensions: 0, isFinal: false, movesSeen: 0 };
    for (const { at, since, end } of this.moves.slice(moved.movesSeen)) {
      if (until !== undefined && at > until) break;
      const follows = !moved.isFinal && moved.end > since;
      moved = { ...moved, end: follows ? end : moved.end, movesSeen: moved.movesSeen + 1 };
    }
    return moved;
  }
}
