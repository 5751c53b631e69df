import { faults, told } from '@/messages/verifier';

import { drawKey } from './chain';
import type { Objection } from './check_records';
import { clearBatch, resultRow, type Award } from './clearing';
import type { LiveBids } from './folding';
import { formatRate } from './rules';
import type { Lot, ResultRow, Transcript } from './transcript';

function describe(row: ResultRow): string {
  const rate = row.rate === null ? null : formatRate(row.rate);
  return faults.award(row.outcome, row.bidder, row.member, rate);
}

function isSame(a: ResultRow, b: ResultRow): boolean {
  return (
    a.outcome === b.outcome && a.bidder === b.bidder && a.member === b.member && a.rate === b.rate
  );
}

function rowObjection(said: ResultRow, computed: ResultRow): Objection {
  if (said.advNo !== computed.advNo || said.certificate !== computed.certificate)
    return told(faults.result(computed.advNo), faults.otherResult);
  if (isSame(said, computed)) return undefined;
  return told(faults.result(said.advNo), faults.recordHash(describe(said), describe(computed)));
}

/** The awards, in the order of the lots, or in words the first result that is wrong. */
export function recomputeResults(transcript: Transcript, bids: LiveBids): Award[] | string {
  const { bidders, lots, results, rules } = transcript;
  if (results.length !== lots.length)
    return faults.resultsCounted(results.length, lots.length);
  // Lots and results stand in the same order, that of the advertised numbers.
  const rounds = results.map((row) => row.round);
  const awards = clearBatch(rules, lots, rounds, bidders, bids, drawKey(transcript));
  for (const [i, said] of results.entries()) {
    const computed = resultRow(lots[i] as Lot, said.round, awards[i] as Award, bidders);
    const wrong = rowObjection(said, computed);
    if (wrong !== undefined) return wrong;
  }
  return awards;
}
