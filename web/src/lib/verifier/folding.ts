import { placeKind } from './leaf';

/** The bids that stand, by their places in the lists of lots and bidders; one entry a bid. */
export interface LiveBids {
  readonly count: number;
  readonly lot: Uint32Array;
  readonly bidder: Uint32Array;
  /** The place of the leaf, from 0: the order of arrival. */
  readonly rank: Uint32Array;
  /** Basis points. */
  readonly rate: Uint32Array;
}

const noRate = -1;

/**
 * Applies the leaves of a batch in their order. A leaf whose bidder and bid id occurred before is
 * void, and so is one that places the rate already standing: it keeps its rank.
 */
export class Folding {
  private readonly seen = new Set<string>();
  /** By bidder and lot: the place in the two lists below. */
  private readonly places = new Map<number, number>();
  private readonly ranks: number[] = [];
  private readonly rates: number[] = [];
  private readonly lots: number;
  private size = 0;

  constructor(lots: number) {
    this.lots = lots;
  }

  /** `bid` names the bid id as `keyAt` does. False when that id makes the leaf void. */
  apply(bidder: number, lot: number, bid: string, kind: number, rate: number): boolean {
    const rank = this.size++;
    const before = this.seen.size;
    this.seen.add(String.fromCharCode(bidder >>> 16, bidder & 0xffff) + bid);
    if (this.seen.size === before) return false;

    const key = bidder * this.lots + lot;
    let place = this.places.get(key);
    if (place === undefined) {
      place = this.ranks.length;
      this.places.set(key, place);
      this.ranks.push(rank);
      this.rates.push(noRate);
    }
    if (kind !== placeKind) {
      this.rates[place] = noRate;
    } else if (this.rates[place] !== rate) {
      this.rates[place] = rate;
      this.ranks[place] = rank;
    }
    return true;
  }

  liveBids(): LiveBids {
    const total = this.ranks.length;
    const bids = {
      lot: new Uint32Array(total),
      bidder: new Uint32Array(total),
      rank: new Uint32Array(total),
      rate: new Uint32Array(total),
    };
    let count = 0;
    for (const [key, place] of this.places) {
      const rate = this.rates[place] as number;
      if (rate === noRate) continue;
      bids.bidder[count] = Math.floor(key / this.lots);
      bids.lot[count] = key % this.lots;
      bids.rank[count] = this.ranks[place] as number;
      bids.rate[count] = rate;
      ++count;
    }
    return { count, ...bids };
  }
}
