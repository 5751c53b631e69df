import { faults, told } from '@/messages/verifier';

import { fromHex, toHex, uuidAt, viewOf } from './bytes';
import { receiptMessage } from './chain';
import type { Objection } from './check_records';
import { isSignedBy } from './ed25519';
import { JsonFault, parseJsonStrict, type JsonValue } from './json';
import { keyAt, leafAt, leafObjection, leafSize } from './leaf';
import { inclusionRoot, leafHash } from './merkle';
import * as published from './published';
import { DocumentFault, PublishedReader } from './published';
import type { Transcript } from './transcript';

/** Proof of one accepted change of a bid, handed to its bidder. */
export interface Receipt {
  readonly batch: string;
  /** The latest `O` when the bid was accepted. */
  readonly opening: string;
  readonly leaf: Uint8Array;
  /** The place of the leaf in its receipt tree, and the leaves of that tree. */
  readonly index: number;
  readonly size: number;
  readonly path: readonly Uint8Array[];
  readonly signature: string;
}

function readReceipt(value: JsonValue, where: string): Receipt {
  const reader = new PublishedReader(value, where);
  const start = {
    batch: reader.member('batch_id', published.uuid),
    opening: reader.member('open', published.hash),
    leaf: fromHex(reader.member('leaf', published.bytesOf(leafSize))),
    index: reader.member('index', published.u53),
    size: reader.member('size', published.u53),
  };
  const list = reader.inside('path', faults.path(where));
  const path = list.list().map((hash) => {
    const hex = published.hash(hash);
    return hex === undefined ? list.refuse(faults.noHash) : fromHex(hex);
  });
  const signature = reader.member('signature', published.signature);
  reader.noOthers();
  return { ...start, path, signature };
}

/** Reads a JSON list of receipts; a text says in words why it is none. */
export function readReceipts(bytes: Uint8Array): Receipt[] | string {
  try {
    const document = parseJsonStrict(bytes);
    if (!Array.isArray(document)) return faults.noReceipts;
    return document.map((item, i) => readReceipt(item, faults.receipt(i + 1)));
  } catch (fault) {
    if (fault instanceof JsonFault || fault instanceof DocumentFault) return fault.message;
    throw fault;
  }
}

/**
 * What is wrong with a receipt by itself, in words: its path leads to a root that the key signed
 * for its batch and opening, and its leaf is one of that batch.
 */
function receiptObjection(receipt: Receipt, isSigned: typeof isSignedBy, key: string): Objection {
  const { batch, index, leaf, opening, path, signature, size } = receipt;
  const malformed = leafObjection(viewOf(leaf), 0);
  if (malformed !== '') return told(faults.leafMalformed, malformed);
  if (uuidAt(leaf, leafAt.batch) !== batch) return faults.leafOtherBatch;
  const root = inclusionRoot(leafHash(leaf), index, size, path);
  if (!root)
    return faults.pathLength(path.length, index, size);
  if (isSigned(key, receiptMessage(batch, opening, size, root), signature)) return undefined;
  return faults.receiptSignature;
}

/**
 * Checks receipts before the batch is closed, against the operator's public key alone. The text is
 * a JSON list of receipts; undefined when every one is in order, or in words the first fault.
 */
export function checkReceiptsAlone(text: string, key: string): Objection {
  const receipts = readReceipts(new TextEncoder().encode(text));
  if (typeof receipts === 'string') return told(faults.receipts, receipts);
  for (const [i, receipt] of receipts.entries()) {
    const wrong = receiptObjection(receipt, isSignedBy, key);
    if (wrong !== undefined) return told(faults.receipt(i + 1), wrong);
  }
  return undefined;
}

/** One signature serves a tree: the same question is answered once. */
function remembering(): typeof isSignedBy {
  const answers = new Map<string, boolean>();
  return (key, message, signature) => {
    const question = `${toHex(message)} ${signature}`;
    const known = answers.get(question);
    if (known !== undefined) return known;
    const answer = isSignedBy(key, message, signature);
    answers.set(question, answer);
    return answer;
  };
}

/** Holds receipts against a batch whose leaves stream by while they are checked. */
export class ReceiptCheck {
  private readonly receipts: readonly Receipt[];
  /** By leaf in hexadecimal: whether it was seen among the published ones. */
  private readonly published = new Map<string, boolean>();
  private readonly bidders = new Set<string>();
  /** Bidder and bid id of the leaves that have a receipt. */
  private readonly proven = new Set<string>();
  private withoutReceipt: { readonly number: number; readonly bidder: string } | undefined;
  private seen = 0;

  constructor(receipts: readonly Receipt[]) {
    this.receipts = receipts;
    for (const { leaf } of receipts) {
      this.published.set(toHex(leaf), false);
      this.bidders.add(keyAt(viewOf(leaf), leafAt.bidder));
    }
  }

  get size(): number {
    return this.receipts.length;
  }

  /** Looks at the next leaves, which are whole. */
  see(leaves: Uint8Array): void {
    const view = viewOf(leaves);
    for (let at = 0; at < leaves.length; at += leafSize) {
      ++this.seen;
      const bidder = keyAt(view, at + leafAt.bidder);
      if (this.bidders.has(bidder)) this.seeOwn(leaves.subarray(at, at + leafSize), bidder);
    }
  }

  private seeOwn(leaf: Uint8Array, bidder: string): void {
    // The bid sent again, through another process of the service perhaps, is stored again and void.
    const id = bidder + keyAt(viewOf(leaf), leafAt.bid);
    const hex = toHex(leaf);
    if (this.published.has(hex)) {
      this.published.set(hex, true);
      this.proven.add(id);
    } else if (!this.withoutReceipt && !this.proven.has(id)) {
      const bidderHex = toHex(leaf.subarray(leafAt.bidder, leafAt.bidder + 16));
      this.withoutReceipt = { number: this.seen, bidder: bidderHex };
    }
  }

  /** After the last leaf. `partial`: the receipts are not all of their bidders'. */
  finish(transcript: Transcript, partial: boolean): Objection {
    const isSigned = remembering();
    const openings = new Set([transcript.open.hash, ...transcript.changes.map((c) => c.hash)]);
    for (const [i, receipt] of this.receipts.entries()) {
      const where = faults.receipt(i + 1);
      if (receipt.batch !== transcript.batch) return told(where, faults.otherBatch);
      if (!openings.has(receipt.opening))
        return told(where, faults.otherOpening);
      const wrong = receiptObjection(receipt, isSigned, transcript.key);
      if (wrong !== undefined) return told(where, wrong);
    }
    for (const [i, { leaf }] of this.receipts.entries())
      if (this.published.get(toHex(leaf)) !== true)
        return told(faults.receipt(i + 1), faults.leafUnpublished);
    if (!this.withoutReceipt || partial) return undefined;
    const { bidder, number } = this.withoutReceipt;
    return faults.leafWithoutReceipt(number, bidder);
  }
}
