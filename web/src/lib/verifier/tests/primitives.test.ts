// @vitest-environment node
import { createHash, createHmac } from 'node:crypto';

import { describe, expect, it, vi } from 'vitest';

import { fromHex, toHex } from '../bytes';
import { drawTicket } from '../draw';
import { isSignedBy } from '../ed25519';
import { inclusionRoot, leafHash, MerkleTree } from '../merkle';
import { HmacSha256, Sha256 } from '../sha256';
import { formatInstant } from '../words';
import { dataJson } from './files';

vi.setConfig({ testTimeout: 60_000 }); // A busy machine is no failure.

interface Cases<Group, Test> {
  testGroups: (Group & { tests: (Test & { result: string })[] })[];
}

const pattern = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, i) => i * 7);

describe('SHA-256', () => {
  it('agrees with the platform on every length, in one piece and in two', () => {
    const hash = new Sha256();
    for (let size = 0; size < 300; ++size) {
      const message = pattern(size);
      const expected = createHash('sha256').update(message).digest('hex');
      expect(toHex(hash.update(message).finish())).toBe(expected);
      hash.update(message, 0, size >> 1).update(message, size >> 1);
      expect(toHex(hash.finish())).toBe(expected);
    }
  });

  it('makes codes like the platform under keys of every length', () => {
    for (let size = 0; size < 200; size += 3) {
      const code = createHmac('sha256', pattern(size)).update(pattern(35)).digest('hex');
      expect(toHex(new HmacSha256(pattern(size)).of(pattern(35)))).toBe(code);
    }
  });
});

describe('Ed25519', () => {
  it('takes and refuses what Project Wycheproof says', () => {
    const cases = dataJson('wycheproof/ed25519_test.json') as Cases<
      { publicKey: { pk: string } },
      { msg: string; sig: string; comment: string }
    >;
    let refused = 0;
    for (const { publicKey, tests } of cases.testGroups)
      for (const test of tests) {
        const signed = isSignedBy(publicKey.pk, fromHex(test.msg), test.sig);
        expect(signed, test.comment).toBe(test.result === 'valid');
        if (!signed) ++refused;
      }
    expect(refused).toBeGreaterThan(20);
  });

  it('refuses a key of small order, under which anything is signed', () => {
    const one = `01${'00'.repeat(31)}`;
    expect(isSignedBy(one, pattern(5), `${one}${'00'.repeat(32)}`)).toBe(false);
  });
});

describe('the tree', () => {
  const answers = dataJson('draw-kat.json') as {
    leaves: { leaf: string; leaf_hash: string }[];
    root: string;
    empty_root: string;
  };

  it('has the known hashes and roots', () => {
    const tree = new MerkleTree();
    expect(toHex(tree.root())).toBe(answers.empty_root);
    for (const { leaf, leaf_hash } of answers.leaves) {
      expect(toHex(leafHash(fromHex(leaf)))).toBe(leaf_hash);
      tree.append(fromHex(leaf));
    }
    expect(toHex(tree.root())).toBe(answers.root);
  });

  /** RFC 6962, section 2.1.1, as it is written there. */
  function split(size: number): number {
    let power = 1;
    while (power * 2 < size) power *= 2;
    return power;
  }
  const hashNode = (left: Uint8Array, right: Uint8Array): Uint8Array =>
    new Uint8Array(createHash('sha256').update('\x01').update(left).update(right).digest());
  function root(hashes: Uint8Array[]): Uint8Array {
    if (hashes.length === 1) return hashes[0] as Uint8Array;
    const at = split(hashes.length);
    return hashNode(root(hashes.slice(0, at)), root(hashes.slice(at)));
  }
  function path(index: number, hashes: Uint8Array[]): Uint8Array[] {
    if (hashes.length === 1) return [];
    const at = split(hashes.length);
    const left = hashes.slice(0, at);
    const right = hashes.slice(at);
    if (index < at) return [...path(index, left), root(right)];
    return [...path(index - at, right), root(left)];
  }

  it('leads from every leaf of every small tree to its root, and by no other path', () => {
    for (let size = 1; size <= 20; ++size) {
      const leaves = Array.from({ length: size }, (_, i) => Uint8Array.of(i, size));
      const hashes = leaves.map((leaf) => leafHash(leaf));
      const expected = toHex(root(hashes));
      const tree = new MerkleTree();
      for (const leaf of leaves) tree.append(leaf);
      expect(toHex(tree.root())).toBe(expected);
      for (const [i, hash] of hashes.entries()) {
        const proof = path(i, hashes);
        expect(toHex(inclusionRoot(hash, i, size, proof) ?? hash.slice(1))).toBe(expected);
        expect(inclusionRoot(hash, i, size, [...proof, hash])).toBeUndefined();
        if (size > 1) expect(inclusionRoot(hash, i, size, proof.slice(1))).toBeUndefined();
        expect(inclusionRoot(hash, size, size, proof)).toBeUndefined();
      }
    }
  });
});

describe('a draw', () => {
  const answers = dataJson('draw-kat.json') as {
    PRK: string;
    uniform: { certificate_id: string; round: number; W: string; ctr: number; r: string }[];
  };

  it('gives the known numbers after the known tries', () => {
    const key = new HmacSha256(fromHex(answers.PRK));
    for (const { W, certificate_id, ctr, r, round } of answers.uniform)
      expect(drawTicket(key, certificate_id, round, BigInt(W))).toEqual({
        number: BigInt(r),
        counter: ctr,
      });
  });
});

describe('a time', () => {
  it('is said to the microsecond', () => {
    expect(formatInstant(1_790_000_009_502_369n)).toBe('2026-09-21T14:13:29.502369Z');
    expect(formatInstant(-1n)).toBe('1969-12-31T23:59:59.999999Z');
    expect(formatInstant(2n ** 63n - 1n)).toBe('9223372036854775807 µs since 1970');
  });
});
