import { headHash, noHash } from '../chain';
import { sha256 } from '../sha256';
import { toHex } from '../bytes';
import { changeKinds } from '../transcript';
import type { AwardRules } from '../rules';
import { type LeafFields, leavesFile, signedRecord, type Sale } from './sale';

type Tell = (sale: Sale) => void;

/**
 * What an operator with the key might publish. `before` changes what the sale was, and all is
 * sealed again; `after` changes what is said of it, and only the file is signed again.
 */
export interface Lie {
  readonly name: string;
  readonly before?: Tell;
  readonly after?: Tell;
}

/** Another hexadecimal text of the same length. */
const other = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1);

function at<T>(items: T[], index: number): T {
  const item = items.at(index);
  if (item === undefined) throw new Error(`no entry ${index}`);
  return item;
}

const opening: Lie[] = [
  { name: 'ends before it starts', before: ({ transcript: t }) => (t.open.end = t.open.start) },
  { name: 'other rules', after: ({ transcript: t }) => (t.rules.tieWeight = 'per_group') },
  { name: 'another face', after: ({ transcript: t }) => (at(t.lots, 0).face += 1n) },
  { name: 'a lot less', after: ({ transcript: t }) => t.lots.pop() },
  { name: 'a face of nothing', before: ({ transcript: t }) => (at(t.lots, 1).face = 0n) },
  {
    name: 'a certificate twice',
    before: ({ transcript: t }) => (at(t.lots, 2).certificate = at(t.lots, 1).certificate),
  },
  {
    name: 'a number twice',
    before: ({ transcript: t }) => (at(t.lots, 1).advNo = at(t.lots, 0).advNo),
  },
  { name: 'another start', after: ({ transcript: t }) => (t.open.start += 1n) },
  { name: 'another auction', after: ({ transcript: t }) => (t.auction = other(t.auction)) },
  {
    name: 'an opening not signed',
    after: ({ transcript: t }) => (t.open.signature = other(t.open.signature)),
  },
];

const changes: Lie[] = [
  { name: 'a change at another time', after: ({ transcript: t }) => (at(t.changes, 3).at += 1n) },
  {
    name: 'a change not signed',
    after: ({ transcript: t }) => (at(t.changes, 0).signature = other(at(t.changes, 0).signature)),
  },
  { name: 'the first change left out', after: ({ transcript: t }) => t.changes.shift() },
  { name: 'the last change left out', after: ({ transcript: t }) => t.changes.pop() },
  {
    name: 'a lot named without reason',
    before: ({ transcript: t }) => (at(t.changes, 0).certificate = at(t.lots, 1).certificate),
  },
  {
    name: 'a lot withdrawn but not named',
    before: ({ transcript: t }) => (at(t.changes, 3).certificate = null),
  },
  { name: 'a pause that moves the end', before: ({ transcript: t }) => at(t.changes, 1).newEnd-- },
  {
    name: 'changes out of order',
    before: ({ transcript: t }) => (at(t.changes, 3).at = at(t.changes, 0).at - 1n),
  },
  {
    name: 'a canceled batch',
    before: ({ transcript: t }) => {
      const last = at(t.changes, -1);
      t.changes.push({ ...last, kind: changeKinds.canceled, certificate: null });
    },
  },
  {
    name: 'a lot withdrawn that is none',
    before: ({ transcript: t }) => {
      const last = at(t.changes, -1);
      t.changes.push({ ...last, certificate: other(last.certificate ?? '') });
    },
  },
];

const head: Lie[] = [
  {
    name: 'closed before the end',
    before: ({ transcript: t }) => (t.head.closedAt = at(t.changes, -1).newEnd - 1n),
  },
  {
    name: 'changed after the close',
    before: ({ transcript: t }) => (at(t.changes, -1).at = t.head.closedAt + 1n),
  },
  { name: 'another root', after: ({ transcript: t }) => (t.head.root = other(t.head.root)) },
  { name: 'one more leaf', after: ({ transcript: t }) => ++t.head.leaves },
  {
    name: 'a head not signed',
    after: ({ transcript: t }) => (t.head.signature = other(t.head.signature)),
  },
];

const leaves: Lie[] = [
  { name: 'fewer leaves said', after: ({ transcript: t }) => --t.leaves.count },
  { name: 'a leaf left out', after: (sale) => sale.leaves.pop() },
  {
    name: 'a leaf of another batch',
    before: (sale) => (at(sale.leaves, 2).batch = other(at(sale.leaves, 2).batch)),
  },
  { name: 'a rate off the step', before: (sale) => (at(sale.leaves, 1).rate = 26) },
  { name: 'a rate above the start', before: (sale) => (at(sale.leaves, 1).rate = 1825) },
  { name: 'a rate beyond all', before: (sale) => (at(sale.leaves, 1).rate = 100_000) },
  { name: 'an unknown kind', before: (sale) => (at(sale.leaves, 1).kind = 3) },
  {
    name: 'a withdrawal with a rate',
    before: (sale) => Object.assign(at(sale.leaves, 5), { kind: 2, rate: 500 }),
  },
  {
    name: 'zero bids where they are refused',
    before: (sale) => {
      sale.transcript.rules.zeroBids = 'refused';
      Object.assign(at(sale.leaves, 0), { kind: 1, rate: 0 });
    },
  },
  {
    name: 'a bid on no lot',
    before: (sale) => (at(sale.leaves, 3).certificate = other(at(sale.leaves, 3).certificate)),
  },
  {
    name: 'a bid of no bidder',
    before: (sale) => (at(sale.leaves, -1).bidder = other(at(sale.leaves, -1).bidder)),
  },
  {
    name: 'a leaf older than the one before',
    before: (sale) => (at(sale.leaves, 6).at = at(sale.leaves, 5).at - 1n),
  },
  {
    name: 'a bid before the start',
    before: (sale) => (at(sale.leaves, 0).at = sale.transcript.open.start - 1n),
  },
  {
    name: 'a bid at the end',
    before: (sale) => (at(sale.leaves, -1).at = at(sale.transcript.changes, -1).newEnd),
  },
  {
    name: 'a bid in the pause',
    before: (sale) => {
      const [pause, resume] = [at(sale.transcript.changes, 1), at(sale.transcript.changes, 2)];
      const leaf = sale.leaves.find((bid) => bid.at > pause.at);
      if (leaf) Object.assign(resume, { at: leaf.at + 1n });
    },
  },
  {
    name: 'a bid after the end then in force',
    before: ({ leaves: bids, transcript: t }) => {
      t.open.end = at(bids, 0).at;
      at(t.changes, 0).at = at(bids, 0).at + 1n;
    },
  },
  {
    name: 'another blind',
    after: (sale) => (at(sale.leaves, 4).blind = other(at(sale.leaves, 4).blind)),
  },
  {
    name: 'another key of the blinds',
    after: ({ transcript: t }) => (t.secrets.blindKey = other(t.secrets.blindKey)),
  },
  {
    name: 'another hash of the leaves',
    after: ({ transcript: t }) => (t.leaves.sha256 = other(t.leaves.sha256)),
  },
  {
    name: 'two leaves of one moment changed places',
    after: ({ transcript: t, leaves: bids }) => {
      [bids[3], bids[4]] = [at(bids, 4), at(bids, 3)];
      t.leaves.sha256 = toHex(sha256(leavesFile(bids)));
    },
  },
  {
    name: 'no leaves at all',
    before: (sale) => {
      sale.leaves = [];
      sale.transcript.bidders = [];
      sale.transcript.groups = [];
    },
  },
  {
    name: 'leaves beyond counting',
    after: ({ transcript: t }) => {
      t.leaves.count = t.head.leaves = Number.MAX_SAFE_INTEGER;
      Object.assign(t.head, signedRecord(headHash(t.batch, at(t.changes, -1).hash, t.head)));
    },
  },
];

const book: Lie[] = [
  {
    name: 'a bidder without a leaf',
    before: ({ transcript: t }) => {
      const bidder = { ref: '00'.repeat(16), budget: 0n, weight: 1, eligible: true };
      t.bidders.unshift(bidder);
    },
  },
  { name: 'a weight of nothing', before: ({ transcript: t }) => (at(t.bidders, 0).weight = 0) },
  {
    name: 'a budget above the bids',
    before: ({ transcript: t }) => (at(t.bidders, 0).budget = 99_999_999_999_999n),
  },
  {
    name: 'a withdrawn lot still offered',
    before: ({ transcript: t }) => (at(t.lots, 0).offered = true),
  },
  {
    name: 'a lot withdrawn by the book alone',
    before: ({ transcript: t }) => (at(t.lots, 1).offered = false),
  },
  {
    name: 'another eligible bidder',
    after: ({ transcript: t }) => (at(t.bidders, 0).eligible = !at(t.bidders, 0).eligible),
  },
  { name: 'no groups', before: ({ transcript: t }) => (t.groups = []) },
  { name: 'a member less', before: ({ transcript: t }) => at(t.groups, 0).members.pop() },
  {
    name: 'a member twice',
    before: ({ transcript: t }) => {
      const { members } = at(t.groups, 0);
      members[members.length - 1] = at(members, 0);
    },
  },
  {
    name: 'a group of nobody',
    before: ({ transcript: t }) =>
      t.groups.push({ ref: 'ff'.repeat(16), members: [t.batch, t.auction] }),
  },
  {
    name: 'members in another order',
    after: ({ transcript: t }) => at(t.groups, 0).members.reverse(),
  },
];

const close: Lie[] = [
  { name: 'another close', after: ({ transcript: t }) => (t.close.hash = other(t.close.hash)) },
  {
    name: 'a close not signed',
    after: ({ transcript: t }) => (t.close.signature = other(t.close.signature)),
  },
  {
    name: "another secret of the operator's",
    after: ({ transcript: t }) => (t.secrets.operator = other(t.secrets.operator)),
  },
  {
    name: "another secret of the county's",
    after: ({ transcript: { secrets } }) => {
      if (secrets.county) secrets.county.secret = other(secrets.county.secret);
    },
  },
  {
    name: "the county's secret not signed for",
    after: ({ transcript: { secrets } }) => {
      if (secrets.county) secrets.county.receivedAt += 1n;
    },
  },
  {
    name: "the county's secret before the close",
    before: ({ transcript: { head: closed, secrets } }) => {
      if (secrets.county) secrets.county.receivedAt = closed.closedAt - 1n;
    },
  },
  {
    name: 'a secret that the county never committed to',
    before: ({ transcript: t }) => {
      t.secrets.county = null;
      t.open.countyCommitment = noHash;
    },
    after: ({ transcript: t }) =>
      (t.secrets.county = { secret: noHash, receivedAt: 0n, signature: '00'.repeat(64) }),
  },
  {
    name: 'no secret of the county',
    before: ({ transcript: t }) => (t.secrets.county = null),
  },
];

const results: Lie[] = [
  { name: 'a result less', after: ({ transcript: t }) => t.results.pop() },
  { name: 'another number', after: ({ transcript: t }) => (at(t.results, -1).advNo += 1) },
  {
    name: 'another winner',
    after: ({ transcript: t }) => {
      const row = t.results.find((result) => result.bidder !== null);
      if (row) row.bidder = other(row.bidder ?? '');
    },
  },
  {
    name: 'another rate',
    after: ({ transcript: t }) => {
      const row = t.results.find((result) => result.bidder !== null);
      if (row) row.rate = (row.rate ?? 0) + 25;
    },
  },
  {
    name: 'another round',
    after: ({ transcript: t }) => t.results.forEach((row) => (row.round += 1)),
  },
  {
    name: 'a rate on what was withdrawn',
    after: ({ transcript: t }) => (at(t.results, 0).rate = 1800),
  },
];

export const lies: readonly Lie[] = [
  { name: 'nothing but the truth' },
  ...opening,
  ...changes,
  ...head,
  ...leaves,
  ...book,
  ...close,
  ...results,
];

/** Items end at the floor, and are moved by bids of the last minute. */
export const openRules: Partial<AwardRules> = {
  format: 'open',
  tie: 'first_received',
  rateStart: 500,
  extensionMinutes: 1,
  extensionsMax: 3,
};

/** The second leaf on the lot of the first that has two. */
function rebid({ leaves }: Sale): [LeafFields, LeafFields] {
  for (const leaf of leaves) {
    const earlier = leaves.findLast((each) => each.certificate === leaf.certificate && leaves.indexOf(each) < leaves.indexOf(leaf));
    if (earlier) return [earlier, leaf];
  }
  throw new Error('no lot has two leaves');
}

export const liesOfOpenSales: Lie[] = [
  { name: 'nothing but the truth' },
  {
    name: 'a bid as high as the one before',
    before: (sale) => {
      const [earlier, later] = rebid(sale);
      later.rate = earlier.rate;
    },
  },
  {
    name: 'a bid after one at the floor',
    before: (sale) => {
      const [earlier, later] = rebid(sale);
      earlier.rate = 25;
      later.rate = 0;
    },
  },
  {
    name: 'a bid withdrawn',
    before: ({ leaves }) => Object.assign(at(leaves, -1), { kind: 2, rate: 0 }),
  },
  {
    name: 'a bid after the end of its item',
    before: ({ leaves, transcript: t }) => {
      at(leaves, -1).at = t.head.closedAt - 1n;
      t.rules.extensionMinutes = null;
    },
  },
  {
    name: 'an id twice',
    before: (sale) => {
      const [earlier, later] = rebid(sale);
      Object.assign(later, { bid: earlier.bid, bidder: earlier.bidder });
    },
  },
  {
    name: 'closed before the end of an item',
    before: ({ transcript: t }) => (t.head.closedAt -= 1n),
  },
  {
    name: 'a draw among open bids',
    before: ({ transcript: t }) => (t.rules.tie = 'random'),
  },
];
