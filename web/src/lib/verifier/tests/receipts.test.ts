// @vitest-environment node
import { describe, expect, it, vi } from 'vitest';

import { toHex } from '../bytes';
import { receiptMessage } from '../chain';
import { leafHash } from '../merkle';
import { checkReceiptsAlone } from '../receipts';
import { Sha256 } from '../sha256';
import { binary, commandVerdict } from './command';
import { dataJson, knownLeaves, knownReceipts, knownTranscript, verdict } from './files';
import { encodeLeaf, leavesFile, makeSale, publicKey, sign, transcriptFile } from './sale';
import type { LeafFields } from './sale';

vi.setConfig({ testTimeout: 60_000 }); // A busy machine is no failure.

interface ReceiptText {
  batch_id: string;
  open: string;
  leaf: string;
  index: number;
  size: number;
  path: string[];
  signature: string;
}

const sale = makeSale({ seed: 8, lots: 10, bidders: 6, leaves: 60 });
const files = [transcriptFile(sale), leavesFile(sale.leaves)] as const;
const { batch, bidders, changes } = sale.transcript;
const bidder = bidders[2]?.ref ?? '';
const own = (leaf: LeafFields): boolean => leaf.bidder === bidder;
const opening = changes[0]?.hash ?? '';

/** RFC 6962's tree over the hashes: the root, and the path of each. */
function tree(hashes: Uint8Array[]): { root: Uint8Array; paths: Uint8Array[][] } {
  if (hashes.length === 1) return { root: hashes[0] as Uint8Array, paths: [[]] };
  let at = 1;
  while (at * 2 < hashes.length) at *= 2;
  const [left, right] = [tree(hashes.slice(0, at)), tree(hashes.slice(at))];
  const node = new Sha256().update(Uint8Array.of(1)).update(left.root).update(right.root);
  return {
    root: node.finish(),
    paths: [
      ...left.paths.map((path) => [...path, right.root]),
      ...right.paths.map((path) => [...path, left.root]),
    ],
  };
}

/** Receipts for leaves that were stored as one file: a tree of their own. */
function receiptsFor(leaves: readonly LeafFields[]): ReceiptText[] {
  const { paths, root } = tree(leaves.map((leaf) => leafHash(encodeLeaf(leaf))));
  const size = leaves.length;
  const signature = sign(receiptMessage(batch, opening, size, root));
  return leaves.map((leaf, index) => ({
    batch_id: batch,
    open: opening,
    leaf: toHex(encodeLeaf(leaf)),
    index,
    size,
    path: (paths[index] ?? []).map(toHex),
    signature,
  }));
}

/** The message of the verdict, on which the command agrees when there is one. */
async function said(receipts: string, partial = false): Promise<string> {
  const options = { receipts, partial };
  const text = await verdict(...files, options);
  if (binary !== undefined && !text.includes('JSON at byte'))
    expect(commandVerdict(...files, options)).toBe(text);
  return text.replace('verify.receipts | ', '');
}
const complete = (receipts: ReceiptText[]): Promise<string> => said(JSON.stringify(receipts));
const partial = (receipts: ReceiptText[]): Promise<string> => said(JSON.stringify(receipts), true);

/** The place of the n-th leaf of the bidder that is no repetition, among all, from 1. */
function placeOf(number: number): number {
  const leaf = sale.leaves.filter(own)[number];
  return sale.leaves.findIndex((other) => other === leaf) + 1;
}

describe('receipts', () => {
  it('that are known are a part of their bidders receipts', async () => {
    const known = [knownTranscript(), knownLeaves()] as const;
    const receipts = knownReceipts();
    expect(await verdict(...known, { receipts, partial: true })).toBe('ok');
    expect(await verdict(...known, { receipts })).toBe(
      'verify.receipts | leaf 3: it is of bidder 5a2deb9e6715d5e91a7c3b74c1e734d8, whose ' +
        'receipts do not have it',
    );
  });

  it('satisfy a bidder who has them all, twice or none', async () => {
    const receipts = receiptsFor(sale.leaves.filter(own));
    expect(receipts.length).toBeGreaterThan(4);
    expect(await complete(receipts)).toBe('ok');
    expect(await complete([...receipts, ...receipts.slice(1, 2)])).toBe('ok');
    expect(await complete([])).toBe('ok');
  });

  it('show a leaf in the bidders name that has none', async () => {
    const receipts = receiptsFor(sale.leaves.filter(own));
    receipts.splice(1, 1);
    expect(await complete(receipts)).toBe(
      `leaf ${placeOf(1)}: it is of bidder ${bidder}, whose receipts do not have it`,
    );
    expect(await partial(receipts)).toBe('ok');
  });

  it('show a signed leaf that was not published', async () => {
    const leaves = sale.leaves.filter(own);
    const dropped = { ...(leaves[0] as LeafFields), blind: '11'.repeat(16) };
    const receipts = receiptsFor([...leaves, dropped]);
    const expected = `receipt ${receipts.length}: its leaf is not among the published ones`;
    expect(await complete(receipts)).toBe(expected);
    expect(await partial(receipts)).toBe(expected);
  });

  it('are checked in each of their parts', async () => {
    const changed = (change: (receipt: ReceiptText) => void): Promise<string> => {
      const receipts = receiptsFor(sale.leaves.filter(own));
      change(receipts[1] as ReceiptText);
      return complete(receipts);
    };
    const other = (hex: string): string => (hex.startsWith('0') ? '1' : '0') + hex.slice(1);
    const unsigned =
      "receipt 2: its signature is not the operator's over its path, leaf and opening";
    const size = sale.leaves.filter(own).length;
    expect(await changed((r) => (r.path[0] = other(r.path[0] ?? '')))).toBe(unsigned);
    expect(await changed((r) => (r.signature = other(r.signature)))).toBe(unsigned);
    expect(await changed((r) => (r.index = 0))).toBe(unsigned);
    expect(await changed((r) => (r.open = sale.transcript.open.hash))).toBe(unsigned);
    expect(await changed((r) => (r.path = []))).toBe(
      `receipt 2: its path of 0 hashes cannot lead from place 1 of ${size}`,
    );
    expect(await changed((r) => (r.batch_id = other(r.batch_id)))).toBe(
      'receipt 2: it belongs to another batch',
    );
    expect(await changed((r) => (r.open = other(r.open)))).toBe(
      'receipt 2: it names an opening that is not in the transcript',
    );
    expect(await changed((r) => (r.leaf = `00${r.leaf.slice(2)}`))).toBe(
      'receipt 2: its leaf is malformed: it does not begin with SOB1',
    );
  });

  it('are refused when they are no list of receipts', async () => {
    expect(await said('{}')).toBe('receipts: the receipts are not a JSON list');
    expect(await said('[{}]')).toBe('receipts: receipt 1: there is no member batch_id');
    expect(await said('')).toMatch(/^receipts: malformed JSON at byte 0/);
    const [receipt] = receiptsFor(sale.leaves.filter(own));
    const text = JSON.stringify([receipt]);
    expect(await said(text.replace('"index":0', '"index":0.0'), true)).toMatch(
      /^receipts: unsupported JSON at byte .* a number is not an integer$/,
    );
    expect(await said(text.replace('{', '{"size":1,'), true)).toMatch(/a key is repeated$/);
  });

  it('can be checked before the close, against the key alone', () => {
    const receipts = receiptsFor(sale.leaves.filter(own));
    expect(checkReceiptsAlone(JSON.stringify(receipts), publicKey)).toBeUndefined();
    const { public_key } = dataJson('draw-kat.json') as { public_key: string };
    expect(checkReceiptsAlone(knownReceipts(), public_key)).toBeUndefined();
    expect(checkReceiptsAlone(JSON.stringify(receipts), public_key)).toMatch(/^receipt 1: its sig/);
    expect(checkReceiptsAlone('[', publicKey)).toMatch(/^receipts: malformed JSON/);
  });
});
