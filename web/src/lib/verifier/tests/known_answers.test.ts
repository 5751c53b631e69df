// @vitest-environment node
import { describe, expect, it } from 'vitest';

import { fromHex } from '../bytes';
import { clearBatch, type Award } from '../clearing';
import type { LiveBids } from '../folding';
import type { JsonValue } from '../json';
import { canonicalRules, defaultRules, formatRate, readRules } from '../rules';
import type { Bidder, Lot } from '../transcript';
import { dataJson } from './files';

interface WorkedSale {
  name: string;
  draw_key: string;
  rules: Record<string, JsonValue>;
  items: { adv_no: number; certificate_id: string; face: string }[];
  bidders: { bidder: string; bidder_ref: string; budget: string; weight: number }[];
  bids: { certificate_id: string; bidder: string; rate: string; seq: number }[];
  expected: { outcome: string; bidder: string; member: number | ''; rate: string }[];
}

const hundredths = (text: string): number => Number(text.replace('.', ''));

function liveBids(bids: { lot: number; bidder: number; rank: number; rate: number }[]): LiveBids {
  return {
    count: bids.length,
    lot: Uint32Array.from(bids, (bid) => bid.lot),
    bidder: Uint32Array.from(bids, (bid) => bid.bidder),
    rank: Uint32Array.from(bids, (bid) => bid.rank),
    rate: Uint32Array.from(bids, (bid) => bid.rate),
  };
}

function clearWorked(sale: WorkedSale): Award[] {
  const lots: Lot[] = sale.items.map((item) => ({
    advNo: item.adv_no,
    certificate: item.certificate_id,
    face: BigInt(hundredths(item.face)),
    offered: true,
  }));
  const bidders: Bidder[] = sale.bidders.map((bidder) => ({
    ref: bidder.bidder_ref,
    budget: BigInt(hundredths(bidder.budget)),
    weight: bidder.weight,
    eligible: true,
  }));
  const bids = sale.bids.map((bid) => ({
    lot: lots.findIndex((lot) => lot.certificate === bid.certificate_id),
    bidder: sale.bidders.findIndex((bidder) => bidder.bidder === bid.bidder),
    rank: bid.seq,
    rate: hundredths(bid.rate),
  }));
  const rules = readRules(new Map(Object.entries(sale.rules)));
  const key = fromHex(sale.draw_key);
  return clearBatch(rules, lots, lots.map(() => 0), bidders, liveBids(bids), key);
}

describe('a worked sale', () => {
  const sales = dataJson('examples/clearing.json') as WorkedSale[];
  expect(sales).toHaveLength(16);
  for (const sale of sales)
    it(`comes out as written: ${sale.name}`, () => {
      const awards = clearWorked(sale).map(({ bidder, member, outcome, rate }) => ({
        outcome,
        bidder: bidder === null ? '' : sale.bidders[bidder]?.bidder,
        member: member ?? '',
        rate: formatRate(rate ?? 0),
      }));
      const { expected } = sale;
      expect(awards).toEqual(
        expected.map(({ bidder, member, outcome, rate }) => ({ outcome, bidder, member, rate })),
      );
    });
});

describe('a known draw', () => {
  const answers = dataJson('draw-kat.json') as {
    PRK: string;
    rules_canonical: string;
    draws: {
      certificate_id: string;
      round: number;
      tied: { bidder_ref: string; tickets: number }[];
      winner: string;
      member: number;
    }[];
  };

  it('picks the published winner and member', () => {
    for (const draw of answers.draws) {
      const lot = { advNo: 1, certificate: draw.certificate_id, face: 1n, offered: true };
      const bidders = draw.tied.map(({ bidder_ref, tickets }) => ({
        ref: bidder_ref,
        budget: 100n,
        weight: tickets,
        eligible: true,
      }));
      const bids = liveBids(bidders.map((_, i) => ({ lot: 0, bidder: i, rank: i, rate: 25 })));
      const key = fromHex(answers.PRK);
      const [award] = clearBatch(defaultRules, [lot], [draw.round], bidders, bids, key);
      expect(bidders[award?.bidder ?? -1]?.ref).toBe(draw.winner);
      expect(award?.member).toBe(draw.member);
      expect(award?.tied).toBe(bidders.length);
    }
  });

  it('goes by rules that are written in one way', () => {
    expect(canonicalRules(defaultRules)).toBe(answers.rules_canonical);
  });
});
