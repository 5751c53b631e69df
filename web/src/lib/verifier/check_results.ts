import { drawKey } from './chain';
import type { Objection } from './check_records';
import { clearBatch, resultRow, type Award } from './clearing';
import type { LiveBids } from './folding';
import { formatRate } from './rules';
import type { Lot, ResultRow, Transcript } from './transcript';

function describe(row: ResultRow): string {
  let text: string = row.outcome;
  if (row.bidder !== null) text += ` to bidder ${row.bidder}`;
  if (row.member !== null) text += `, member ${row.member},`;
  if (row.rate !== null) text += ` at ${formatRate(row.rate)} %`;
  return text;
}

function isSame(a: ResultRow, b: ResultRow): boolean {
  return (
    a.outcome === b.outcome && a.bidder === b.bidder && a.member === b.member && a.rate === b.rate
  );
}

function rowObjection(said: ResultRow, computed: ResultRow): Objection {
  if (said.advNo !== computed.advNo || said.certificate !== computed.certificate)
    return (
      `result of advertised number ${computed.advNo}: ` +
      'another number or certificate stands in its place'
    );
  if (isSame(said, computed)) return undefined;
  return (
    `result of advertised number ${said.advNo}: the transcript says ${describe(said)}, ` +
    `recomputed ${describe(computed)}`
  );
}

/** The awards, in the order of the lots, or in words the first result that is wrong. */
export function recomputeResults(transcript: Transcript, bids: LiveBids): Award[] | string {
  const { bidders, lots, results, rules } = transcript;
  if (results.length !== lots.length)
    return `results: there are ${results.length} for ${lots.length} lots`;
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
