import { canonicalRules } from './rules';
import type { Bidder, Change, Group, Lot, ResultRow, SignedRecord, Transcript } from './transcript';

// The members stand in the order of RFC 8785, which for these names is alphabetical. JSON's own
// writer keeps the order in which they are named, and nothing in a transcript needs escaping.

function ascending<T, K extends number | string>(entries: readonly T[], key: (entry: T) => K): T[] {
  return [...entries].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

const bit = (flag: boolean): number => (flag ? 1 : 0);

function signed(record: SignedRecord): { hash: string; signature: string } {
  return { hash: record.hash, signature: record.signature };
}

function changeText(change: Change): unknown {
  return {
    at: String(change.at),
    certificate_id: change.certificate,
    hash: change.hash,
    kind: change.kind,
    new_end: String(change.newEnd),
    reason_hash: change.reasonHash,
    signature: change.signature,
  };
}

function openText({ open }: Transcript): unknown {
  return {
    c_county: open.countyCommitment,
    c_operator: open.operatorCommitment,
    end: String(open.end),
    hash: open.hash,
    lots_hash: open.lotsHash,
    rules_hash: open.rulesHash,
    signature: open.signature,
    start: String(open.start),
  };
}

function secretsText({ secrets }: Transcript): unknown {
  const county = secrets.county && {
    received_at: String(secrets.county.receivedAt),
    s: secrets.county.secret,
    signature: secrets.county.signature,
  };
  return { county, k_blind: secrets.blindKey, operator: secrets.operator };
}

const bidderText = (b: Bidder): unknown => [b.ref, String(b.budget), b.weight, bit(b.eligible)];
const lotText = (l: Lot): unknown => [l.advNo, l.certificate, String(l.face), bit(l.offered)];
const groupText = (group: Group): unknown => [group.ref, group.members];
const resultText = (row: ResultRow): unknown => [
  row.advNo,
  row.certificate,
  row.outcome,
  row.bidder,
  row.member,
  row.rate,
  row.round,
];

/** The file as it must be written, with the signature or, as it is signed, without. */
export function canonicalTranscript(transcript: Transcript, signature?: string): string {
  const { close, head, leaves } = transcript;
  const members = {
    auction_id: transcript.auction,
    batch_id: transcript.batch,
    book: {
      bidders: ascending(transcript.bidders, (bidder) => bidder.ref).map(bidderText),
      lots: ascending(transcript.lots, (lot) => lot.advNo).map(lotText),
    },
    changes: transcript.changes.map(changeText),
    close: { book_hash: close.bookHash, groups_hash: close.groupsHash, ...signed(close) },
    groups: ascending(transcript.groups, (group) => group.ref).map(groupText),
    head: {
      closed_at: String(head.closedAt),
      hash: head.hash,
      n: head.leaves,
      root: head.root,
      signature: head.signature,
    },
    key: transcript.key,
    leaves: { count: leaves.count, sha256: leaves.sha256 },
    open: openText(transcript),
    results: ascending(transcript.results, (row) => row.advNo).map(resultText),
    rules: JSON.parse(canonicalRules(transcript.rules)) as unknown,
    secrets: secretsText(transcript),
    ...(signature === undefined ? {} : { signature }),
    version: 1,
  };
  return `${JSON.stringify(members)}\n`;
}
