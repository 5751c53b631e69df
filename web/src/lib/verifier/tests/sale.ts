import { ed25519 } from '@noble/curves/ed25519.js';

import { ByteWriter, fromHex, toHex } from '../bytes';
import * as chain from '../chain';
import { signedFileHash } from '../check_records';
import { clearBatch, resultRow } from '../clearing';
import { Folding } from '../folding';
import { leafSize } from '../leaf';
import { MerkleTree } from '../merkle';
import { OpenItems } from '../open_items';
import { canonicalRules, defaultRules, type AwardRules } from '../rules';
import { HmacSha256, sha256 } from '../sha256';
import { changeKinds, type Bidder, type Change, type Lot, type Transcript } from '../transcript';
import { canonicalTranscript } from '../transcript_text';

// Sales as an operator with the key would publish them, right or with a lie in them.

type Writable<T> = T extends bigint | string | number | boolean | null
  ? T
  : T extends readonly (infer E)[]
    ? Writable<E>[]
    : { -readonly [K in keyof T]: Writable<T[K]> };

export interface LeafFields {
  kind: number;
  batch: string;
  bid: string;
  certificate: string;
  bidder: string;
  rate: number;
  at: bigint;
  blind: string;
}

export interface Sale {
  transcript: Writable<Transcript>;
  leaves: LeafFields[];
}

const secretKey = sha256(new TextEncoder().encode('the key of the sales in these tests'));
export const publicKey = toHex(ed25519.getPublicKey(secretKey));

export function sign(message: Uint8Array): string {
  return toHex(ed25519.sign(message, secretKey));
}

export function signedRecord(hash: string): { hash: string; signature: string } {
  return { hash, signature: sign(chain.chainMessage(hash)) };
}

export function encodeLeaf(leaf: LeafFields): Uint8Array {
  const out = new ByteWriter().bytes(new TextEncoder().encode('SOB1')).u8(leaf.kind);
  out.u8(0).u8(0).u8(0).hex(leaf.batch).hex(leaf.bid).hex(leaf.certificate).hex(leaf.bidder);
  return out.u32(leaf.rate).u32(0).i64(leaf.at).hex(leaf.blind).view();
}

export function leavesFile(leaves: readonly LeafFields[]): Uint8Array {
  const out = new Uint8Array(leaves.length * leafSize);
  leaves.forEach((leaf, i) => out.set(encodeLeaf(leaf), i * leafSize));
  return out;
}

/** The transcript, signed as it is, whatever it says. */
export function transcriptFile({ transcript }: Sale): Uint8Array {
  const signature = sign(chain.transcriptMessage(signedFileHash(transcript)));
  return new TextEncoder().encode(canonicalTranscript(transcript, signature));
}

/** A stream of numbers that is the same for the same seed (xorshift). */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed * 2_654_435_761 || 1;
  }
  /** A whole number in [0, below). */
  below(below: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % below;
  }
  hex(size: number): string {
    const byte = (): string => this.below(256).toString(16).padStart(2, '0');
    return Array.from({ length: size }, byte).join('');
  }
  uuid(): string {
    return this.hex(16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  }
}

/** Leaves of lots and bidders that the transcript does not have are left out. */
function sealResults({ transcript, leaves }: Sale): void {
  const { bidders, lots, rules } = transcript;
  const lotOf = new Map(lots.map((lot, i) => [lot.certificate, i]));
  const bidderOf = new Map(bidders.map((bidder, i) => [bidder.ref, i]));
  const folding = new Folding(lots.length);
  for (const { bid, bidder, certificate, kind, rate } of leaves) {
    const [lot, by] = [lotOf.get(certificate), bidderOf.get(bidder)];
    if (lot !== undefined && by !== undefined) folding.apply(by, lot, bid, kind, rate);
  }
  const rounds = lots.map((_, i) => transcript.results[i]?.round ?? 0);
  const key = chain.drawKey(transcript);
  const awards = clearBatch(rules, lots, rounds, bidders, folding.liveBids(), key);
  transcript.results = lots.map((lot, i) =>
    resultRow(lot, rounds[i] as number, awards[i] as (typeof awards)[number], bidders),
  );
}

function sealLeaves({ transcript, leaves }: Sale): void {
  const key = new HmacSha256(fromHex(transcript.secrets.blindKey));
  const label = (bid: string): Uint8Array =>
    new ByteWriter().label('strikeoff/blind/v1').hex(bid).view();
  for (const leaf of leaves) leaf.blind = toHex(key.of(label(leaf.bid)).subarray(0, 16));
  const file = leavesFile(leaves);
  const tree = new MerkleTree();
  for (let at = 0; at < file.length; at += leafSize) tree.append(file, at, at + leafSize);
  transcript.leaves = { count: leaves.length, sha256: toHex(sha256(file)) };
  Object.assign(transcript.head, { leaves: leaves.length, root: toHex(tree.root()) });
}

/** Makes every hash, signature and award follow from what the sale is. */
export function seal(sale: Sale): void {
  const out = sale.transcript;
  const { batch, close, head, open, secrets } = out;
  open.rulesHash = toHex(sha256(new TextEncoder().encode(canonicalRules(out.rules))));
  open.lotsHash = chain.lotsHash(out.lots);
  open.operatorCommitment = chain.commitment('operator', batch, secrets.operator);
  if (secrets.county)
    open.countyCommitment = chain.commitment('county', batch, secrets.county.secret);
  Object.assign(open, signedRecord(chain.openingHash(out)));
  let latest = open.hash;
  out.changes.forEach((change, i) => {
    Object.assign(change, signedRecord(chain.changeHash(batch, i + 1, latest, change)));
    latest = change.hash;
  });
  sealLeaves(sale);
  Object.assign(head, signedRecord(chain.headHash(batch, latest, head)));
  close.bookHash = chain.bookHash(out.lots, out.bidders);
  close.groupsHash = chain.groupsHash(out.groups);
  const record = chain.closeHash(batch, head.hash, close.bookHash, close.groupsHash);
  Object.assign(close, signedRecord(record));
  if (secrets.county) {
    const { secret, receivedAt } = secrets.county;
    secrets.county.signature = sign(chain.secretMessage(batch, close.hash, secret, receivedAt));
  }
  sealResults(sale);
}

export interface Wanted {
  seed: number;
  lots: number;
  bidders: number;
  leaves: number;
  rules?: Partial<AwardRules>;
  withoutCounty?: boolean;
  /** The rates that are bid are so many; few make ties. */
  rates?: number;
}

const start = 1_790_000_000_000_000n;
const none = '';

function makeLots(chance: Chance, count: number): Lot[] {
  return Array.from({ length: count }, (_, i) => ({
    advNo: 3 * i + 1 + chance.below(3),
    certificate: chance.uuid(),
    face: BigInt(1 + chance.below(500_000)),
    offered: true,
  }));
}

function makeBidders(chance: Chance, count: number): Bidder[] {
  const bidders = Array.from({ length: count }, () => ({
    ref: chance.hex(16),
    budget: 0n,
    weight: chance.below(4) === 0 ? 1 + chance.below(6) : 1,
    eligible: chance.below(10) !== 0,
  }));
  return bidders.sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

/** Every bidder has a leaf; some are void, some withdraw. */
function makeLeaves(chance: Chance, sale: Sale, wanted: Wanted): LeafFields[] {
  const { batch, bidders, lots, rules } = sale.transcript;
  const { rateFloor, rateStart, rateStep } = rules;
  const legal = Math.floor((rateStart - rateFloor) / rateStep) + 1;
  const kinds = Math.min(wanted.rates ?? 6, legal);
  const leaves: LeafFields[] = [];
  const at = (i: number): bigint => start + BigInt(i - (i % 3)) * 1000n;
  for (let i = 0; i < wanted.leaves; ++i) {
    const bidder = bidders[i < bidders.length ? i : chance.below(bidders.length)] as Bidder;
    const { certificate } = lots[chance.below(lots.length)] as Lot;
    const isZero = rules.zeroBids === 'allowed' && chance.below(12) === 0;
    const rate = isZero ? 0 : rateStart - rateStep * (legal - 1 - chance.below(kinds));
    const place = { kind: 1, batch, bid: chance.uuid(), certificate, bidder: bidder.ref, rate };
    const leaf = { ...place, at: at(i), blind: none };
    const earlier = leaves.at(-1 - chance.below(9));
    if (earlier && i >= bidders.length && chance.below(20) === 0)
      Object.assign(leaf, { bidder: earlier.bidder, bid: earlier.bid });
    if (chance.below(15) === 0) Object.assign(leaf, { kind: 2, rate: 0 });
    leaves.push(leaf);
  }
  return leaves;
}

/** The open format: each leaf is one to three steps below the one before on its lot. */
function makeOpenLeaves(chance: Chance, sale: Sale, wanted: Wanted): LeafFields[] {
  const { batch, bidders, lots, rules } = sale.transcript;
  const items = new OpenItems(sale.transcript);
  const next = lots.map(() => rules.rateStart);
  const leaves: LeafFields[] = [];
  while (leaves.length < wanted.leaves) {
    const i = leaves.length;
    const lot = chance.below(lots.length);
    const rate = next[lot] as number;
    const at = start + BigInt(i - (i % 3)) * 1000n;
    if (rate < rules.rateFloor || items.apply(lot, rate, at) !== '') continue;
    next[lot] = rate - rules.rateStep * (1 + chance.below(3));
    const bidder = bidders[i < bidders.length ? i : chance.below(bidders.length)] as Bidder;
    const { certificate } = lots[lot] as Lot;
    leaves.push({ kind: 1, batch, bid: chance.uuid(), certificate, bidder: bidder.ref, rate, at, blind: none });
  }
  const last = items.lastEnd();
  if (last > sale.transcript.head.closedAt) sale.transcript.head.closedAt = last;
  return leaves;
}

function makeChanges(chance: Chance, sale: Sale, count: number): Change[] {
  const end = start + BigInt(count) * 1000n + 10n;
  const middle = start + BigInt(Math.floor(count / 6) * 3) * 1000n;
  const lot = sale.transcript.lots[0] as Writable<Lot>;
  lot.offered = false;
  const change = (kind: number, at: bigint, certificate: string | null = null): Change => ({
    kind,
    at,
    newEnd: end,
    certificate,
    reasonHash: chance.hex(32),
    hash: none,
    signature: none,
  });
  return [
    change(changeKinds.endMoved, start - 1n),
    change(changeKinds.paused, middle + 1n),
    change(changeKinds.resumed, middle + 2n),
    change(changeKinds.lotWithdrawn, end - 1n, lot.certificate),
  ];
}

/** Enough for some of what was bid, so that bids get blocked. */
function makeBudgets(chance: Chance, { transcript, leaves }: Sale): void {
  const faces = new Map(transcript.lots.map((lot) => [lot.certificate, lot.face]));
  const index = new Map(transcript.bidders.map((bidder, i) => [bidder.ref, i]));
  const lotOf = new Map(transcript.lots.map((lot, i) => [lot.certificate, i]));
  const folding = new Folding(transcript.lots.length);
  for (const { bid, bidder, certificate, kind, rate } of leaves)
    folding.apply(index.get(bidder) ?? 0, lotOf.get(certificate) ?? 0, bid, kind, rate);
  const live = folding.liveBids();
  const all = [...faces.values()];
  for (let i = 0; i < live.count; ++i) {
    const bidder = transcript.bidders[live.bidder[i] as number] as Writable<Bidder>;
    bidder.budget += all[live.lot[i] as number] as bigint;
  }
  for (const bidder of transcript.bidders)
    bidder.budget = (bidder.budget * BigInt(chance.below(10))) / 60n;
}

export function makeSale(wanted: Wanted): Sale {
  const chance = new Chance(wanted.seed);
  const bidders = makeBidders(chance, wanted.bidders);
  const unsigned = { hash: none, signature: none };
  const end = start + BigInt(wanted.leaves) * 1000n + 10n;
  const transcript: Writable<Transcript> = {
    auction: chance.uuid(),
    batch: chance.uuid(),
    key: publicKey,
    rules: { ...defaultRules, ...wanted.rules },
    open: {
      start: start - 5n,
      end: end - 10n,
      countyCommitment: chain.noHash,
      operatorCommitment: none,
      rulesHash: none,
      lotsHash: none,
      ...unsigned,
    },
    changes: [],
    head: { leaves: 0, root: none, closedAt: end + 3n, ...unsigned },
    close: { bookHash: none, groupsHash: none, ...unsigned },
    leaves: { count: 0, sha256: none },
    lots: makeLots(chance, wanted.lots),
    bidders,
    groups: bidders
      .filter((bidder) => bidder.weight > 1)
      .map(({ ref, weight }) => ({
        ref,
        members: Array.from({ length: weight }, () => chance.uuid()),
      })),
    secrets: { operator: chance.hex(32), blindKey: chance.hex(32), county: null },
    results: [],
    signature: none,
  };
  if (!wanted.withoutCounty)
    transcript.secrets.county = { secret: chance.hex(32), receivedAt: end + 9n, signature: none };
  const sale: Sale = { transcript, leaves: [] };
  transcript.changes = makeChanges(chance, sale, wanted.leaves) as Writable<Change>[];
  const isOpen = transcript.rules.format === 'open';
  sale.leaves = isOpen ? makeOpenLeaves(chance, sale, wanted) : makeLeaves(chance, sale, wanted);
  if (transcript.secrets.county) transcript.secrets.county.receivedAt = transcript.head.closedAt + 6n;
  makeBudgets(chance, sale);
  seal(sale);
  return sale;
}
