import { faults, told } from '@/messages/verifier';

import { ByteWriter, fromHex, toHex, viewOf } from './bytes';
import type { Objection } from './check_records';
import { Folding, type LiveBids } from './folding';
import { keyAt, leafAt, leafObjection, leafSize, placeKind } from './leaf';
import { MerkleTree } from './merkle';
import { OpenItems } from './open_items';
import { OpenTimes } from './open_times';
import { formatRate, isLegalRate } from './rules';
import { HmacSha256, hashSize, Sha256 } from './sha256';
import type { Transcript } from './transcript';

const countLimit = 0xffff_ffff;
const blindSize = 16;

/** Recomputes the blind of a bid id. */
class Blinds {
  private readonly message = new ByteWriter()
    .label('strikeoff/blind/v1')
    .bytes(new Uint8Array(blindSize))
    .view();
  private readonly expected = new Uint8Array(hashSize);
  private readonly key: HmacSha256;

  constructor(key: string) {
    this.key = new HmacSha256(fromHex(key));
  }

  /** Whether the leaf at `at` carries the blind of its bid id. */
  isRight(leaves: Uint8Array, at: number): boolean {
    const bid = at + leafAt.bid;
    this.message.set(leaves.subarray(bid, bid + blindSize), this.message.length - blindSize);
    this.key.into(this.expected, this.message);
    for (let i = 0; i < blindSize; ++i)
      if (leaves[at + leafAt.blind + i] !== this.expected[i]) return false;
    return true;
  }
}

function places(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, place) => [keyAt(viewOf(fromHex(id)), 0), place]));
}

/** The head and the transcript count the leaves alike, and they can be checked. */
export function leavesCountObjection({ head, leaves }: Transcript): Objection {
  if (leaves.count !== head.leaves)
    return faults.leavesCounted(head.leaves, leaves.count);
  return undefined;
}

/** The file has the size that is due; a size that is not known yet is not asked for. */
export function leavesSizeObjection({ leaves }: Transcript, size: number | string): Objection {
  if (size !== leaves.count * leafSize) return faults.leavesSize(size, leaves.count, leafSize);
  if (leaves.count >= countLimit) return faults.leavesTooMany;
  return undefined;
}

/** Checks the leaves one after the other and folds them into live bids. */
export class LeafCheck {
  /** Leaves of each bidder, in the order of the transcript. */
  readonly leavesOf: Uint32Array;
  private readonly transcript: Transcript;
  private readonly blinds: Blinds;
  private readonly times: OpenTimes;
  private readonly lots: Map<string, number>;
  private readonly bidders: Map<string, number>;
  private readonly folding: Folding;
  private readonly openItems: OpenItems | undefined;
  private readonly batch: string;
  private readonly fileHash = new Sha256();
  private readonly tree = new MerkleTree();
  private lastAcceptedAt: bigint | undefined;
  private count = 0;

  constructor(transcript: Transcript) {
    this.transcript = transcript;
    this.blinds = new Blinds(transcript.secrets.blindKey);
    this.times = new OpenTimes(transcript);
    this.lots = places(transcript.lots.map((lot) => lot.certificate));
    this.bidders = places(transcript.bidders.map((bidder) => bidder.ref));
    this.batch = keyAt(viewOf(fromHex(transcript.batch)), 0);
    this.folding = new Folding(transcript.lots.length);
    if (transcript.rules.format === 'open') this.openItems = new OpenItems(transcript);
    this.leavesOf = new Uint32Array(transcript.bidders.length);
  }

  /** Leaves checked so far. */
  get checked(): number {
    return this.count;
  }

  /** Checks the next leaves, which are whole; the first fault ends it. */
  check(leaves: Uint8Array): Objection {
    this.fileHash.update(leaves);
    const view = viewOf(leaves);
    for (let at = 0; at < leaves.length; at += leafSize) {
      this.tree.append(leaves, at, at + leafSize);
      const wrong = this.objection(leaves, view, at);
      ++this.count;
      if (wrong !== '') return told(faults.leafOf(this.count, this.transcript.leaves.count), wrong);
    }
    return undefined;
  }

  /** After the last leaf: the hash of the file and the root of the tree. */
  finish(): Objection {
    const { head, leaves } = this.transcript;
    const hash = toHex(this.fileHash.finish());
    if (hash !== leaves.sha256)
      return faults.leavesHash(hash, leaves.sha256);
    const root = toHex(this.tree.root());
    if (root !== head.root)
      return faults.leavesRoot(root, head.root);
    if (this.openItems && this.openItems.lastEnd() > head.closedAt) return faults.closedBeforeItem;
    return undefined;
  }

  liveBids(): LiveBids {
    return this.folding.liveBids();
  }

  /** What is wrong with the leaf at `at`, in words; empty when nothing is. */
  private objection(leaves: Uint8Array, view: DataView, at: number): string {
    const malformed = leafObjection(view, at);
    if (malformed !== '') return malformed;
    if (keyAt(view, at + leafAt.batch) !== this.batch) return faults.otherBatch;
    const kind = view.getUint8(at + leafAt.kind);
    const rate = view.getUint32(at + leafAt.rate);
    if (kind === placeKind && !isLegalRate(this.transcript.rules, rate))
      return faults.rateIllegal(formatRate(rate));
    const lot = this.lots.get(keyAt(view, at + leafAt.certificate));
    if (lot === undefined) return faults.noLot;
    const bidder = this.bidders.get(keyAt(view, at + leafAt.bidder));
    if (bidder === undefined) return faults.noBidder;
    const acceptedAt = view.getBigInt64(at + leafAt.acceptedAt);
    if (this.lastAcceptedAt !== undefined && acceptedAt < this.lastAcceptedAt)
      return faults.older;
    const late = this.times.objection(acceptedAt);
    if (late !== '') return late;
    if (!this.blinds.isRight(leaves, at)) return faults.blind;
    if (this.openItems) {
      const wrong =
        kind === placeKind ? this.openItems.apply(lot, rate, acceptedAt) : faults.withdrawsInOpen;
      if (wrong !== '') return wrong;
    }

    this.lastAcceptedAt = acceptedAt;
    this.leavesOf[bidder] = (this.leavesOf[bidder] as number) + 1;
    const isVoid = !this.folding.apply(bidder, lot, keyAt(view, at + leafAt.bid), kind, rate);
    return this.openItems && isVoid ? faults.idRepeated : '';
  }
}
