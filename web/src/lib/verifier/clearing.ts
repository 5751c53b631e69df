import { faults } from '@/messages/verifier';

import { drawTicket } from './draw';
import type { LiveBids } from './folding';
import type { AwardRules } from './rules';
import { HmacSha256 } from './sha256';
import type { Bidder, Lot, Outcome, ResultRow } from './transcript';

/** How the winner of a tie, or the member of a group, was drawn. */
export interface DrawRecord {
  /** The sum of the tickets. */
  readonly tickets: bigint;
  /** The number drawn, counted from 0. */
  readonly ticket: bigint;
  readonly counter: number;
}

/** What became of one lot, and why. */
export interface Award {
  readonly outcome: Outcome;
  /** The winner's place in the list of bidders. */
  readonly bidder: number | null;
  readonly member: number | null;
  readonly rate: number | null;
  /** The bids that stood at the winning rate; 0 without a winner. */
  readonly tied: number;
  readonly draw: DrawRecord | null;
}

const noRate = Infinity;

/** Ascending places of the bidders, so that the order of a draw is the order of their places. */
function placesByReference(bidders: readonly Bidder[]): Uint32Array {
  const order = bidders.map((_, i) => i);
  const ref = (i: number): string => (bidders[i] as Bidder).ref;
  order.sort((a, b) => (ref(a) < ref(b) ? -1 : 1));
  const places = new Uint32Array(bidders.length);
  order.forEach((bidder, place) => (places[bidder] = place));
  return places;
}

/** The indexes of the bids that count, grouped by lot with a counting sort. */
class OffersByLot {
  private readonly ends: Uint32Array;
  private readonly offers: Uint32Array;

  constructor(lots: readonly Lot[], bidders: readonly Bidder[], bids: LiveBids) {
    const counts = (i: number): boolean =>
      (lots[bids.lot[i] as number] as Lot).offered &&
      (bidders[bids.bidder[i] as number] as Bidder).eligible;
    this.ends = new Uint32Array(lots.length + 1);
    for (let i = 0; i < bids.count; ++i)
      if (counts(i)) this.add((bids.lot[i] as number) + 1);
    for (let lot = 1; lot <= lots.length; ++lot) this.ends[lot] = this.end(lot) + this.end(lot - 1);
    this.offers = new Uint32Array(this.end(lots.length));
    // Each entry moves from the start of its lot to the end, which is the next one's start.
    for (let i = 0; i < bids.count; ++i)
      if (counts(i)) this.offers[this.add(bids.lot[i] as number)] = i;
  }

  of(lot: number): Uint32Array {
    return this.offers.subarray(lot === 0 ? 0 : this.end(lot - 1), this.end(lot));
  }

  private end(lot: number): number {
    return this.ends[lot] as number;
  }
  private add(lot: number): number {
    const at = this.end(lot);
    this.ends[lot] = at + 1;
    return at;
  }
}

/** The rates on one lot, seen once: who is lowest and what the others ask. */
interface Standing {
  /** Among the bids that are not blocked. */
  readonly lowest: number;
  /** The lowest rate above `lowest`, and above 0.00. */
  readonly runnerUp: number;
  /** The bids at `lowest`. */
  readonly tied: readonly number[];
}

const unsold = (outcome: Outcome, rate: number | null): Award => ({
  outcome,
  bidder: null,
  member: null,
  rate,
  tied: 0,
  draw: null,
});

/** Awards the lots of a batch one after the other; budgets shrink on the way. */
class Walk {
  private readonly budgets: bigint[];
  private readonly places: Uint32Array;
  private readonly key: HmacSha256;
  private readonly rules: AwardRules;
  private readonly bidders: readonly Bidder[];
  private readonly bids: LiveBids;

  constructor(rules: AwardRules, bidders: readonly Bidder[], bids: LiveBids, key: Uint8Array) {
    this.rules = rules;
    this.bidders = bidders;
    this.bids = bids;
    this.key = new HmacSha256(key);
    this.budgets = bidders.map((bidder) => bidder.budget);
    this.places = placesByReference(bidders);
  }

  award(lot: Lot, round: number, offers: Uint32Array): Award {
    const standing = this.stand(lot.face, offers);
    const { tied } = standing;
    if (tied.length === 0) return unsold('struck', this.rules.rateStart);
    const pick =
      this.rules.tie === 'first_received'
        ? { bidder: this.earliest(tied), member: 0, draw: null }
        : this.draw(lot, round, tied);
    const rate = this.price(standing, pick.bidder);
    this.budgets[pick.bidder] = (this.budgets[pick.bidder] as bigint) - lot.face;
    return { outcome: 'awarded', ...pick, rate, tied: tied.length };
  }

  private bidderOf(offer: number): number {
    return this.bids.bidder[offer] as number;
  }

  private stand(face: bigint, offers: Uint32Array): Standing {
    let lowest = noRate;
    let runnerUp = noRate;
    let lowestBlocked = noRate;
    let tied: number[] = [];
    for (const offer of offers) {
      const rate = this.bids.rate[offer] as number;
      if ((this.budgets[this.bidderOf(offer)] as bigint) < face) {
        if (rate > 0) lowestBlocked = Math.min(lowestBlocked, rate);
      } else if (rate < lowest) {
        runnerUp = lowest;
        lowest = rate;
        tied = [offer];
      } else if (rate === lowest) {
        tied.push(offer);
      } else {
        runnerUp = Math.min(runnerUp, rate);
      }
    }
    if (this.rules.blockedBidsSetPrice) runnerUp = Math.min(runnerUp, lowestBlocked);
    return { lowest, runnerUp, tied };
  }

  private price({ lowest, runnerUp, tied }: Standing, winner: number): number {
    const { format, groupPrice, rateStart, rateStep } = this.rules;
    const weight = (this.bidders[winner] as Bidder).weight;
    const tiesWithItself = groupPrice === 'as_many' && weight > 1;
    // Zero bids are outside the proxy logic.
    if (format !== 'proxy' || lowest === 0 || tied.length > 1 || tiesWithItself) return lowest;
    return runnerUp === noRate ? rateStart : Math.max(lowest, runnerUp - rateStep);
  }

  /** Ranks differ, as each is the place of a leaf. */
  private earliest(tied: readonly number[]): number {
    const rank = (offer: number): number => this.bids.rank[offer] as number;
    return this.bidderOf(tied.reduce((first, next) => (rank(next) < rank(first) ? next : first)));
  }

  private draw(
    lot: Lot,
    round: number,
    tied: readonly number[],
  ): Pick<Award, 'draw'> & { bidder: number; member: number } {
    const place = (bidder: number): number => this.places[bidder] as number;
    const bidders = tied.map((offer) => this.bidderOf(offer));
    bidders.sort((a, b) => place(a) - place(b));
    const total = bidders.reduce((sum, bidder) => sum + this.tickets(bidder), 0n);
    const drawn = total === 1n ? null : drawTicket(this.key, lot.certificate, round, total);
    let left = drawn?.number ?? 0n;
    for (const bidder of bidders) {
      const tickets = this.tickets(bidder);
      if (left < tickets) {
        const draw = drawn && { tickets: total, ticket: drawn.number, counter: drawn.counter };
        return { bidder, member: Number(left), draw };
      }
      left -= tickets;
    }
    throw new Error(faults.noTicket);
  }

  private tickets(bidder: number): bigint {
    const { weight } = this.bidders[bidder] as Bidder;
    return this.rules.tieWeight === 'per_bidder' ? BigInt(weight) : 1n;
  }
}

/**
 * Awards one batch (F.S. 197.432): lots in ascending advertised number, each at the lowest rate
 * among eligible bids whose bidder has budget left for the face. There is one round and one award
 * for each lot, in the order of `lots`; `key` keys the draws.
 */
export function clearBatch(
  rules: AwardRules,
  lots: readonly Lot[],
  rounds: readonly number[],
  bidders: readonly Bidder[],
  bids: LiveBids,
  key: Uint8Array,
): Award[] {
  const offers = new OffersByLot(lots, bidders, bids);
  const walk = new Walk(rules, bidders, bids, key);
  const order = lots.map((_, i) => i);
  order.sort((a, b) => (lots[a] as Lot).advNo - (lots[b] as Lot).advNo);
  const awards: Award[] = [];
  for (const i of order) {
    const lot = lots[i] as Lot;
    awards[i] = lot.offered
      ? walk.award(lot, rounds[i] ?? 0, offers.of(i))
      : unsold('withdrawn', null);
  }
  return awards;
}

/** The row that the transcript must have for an award. */
export function resultRow(
  lot: Lot,
  round: number,
  award: Award,
  bidders: readonly Bidder[],
): ResultRow {
  const bidder = award.bidder === null ? null : (bidders[award.bidder] as Bidder).ref;
  const { outcome, member, rate } = award;
  const { advNo, certificate } = lot;
  return { advNo, certificate, outcome, bidder, member, rate, round };
}
