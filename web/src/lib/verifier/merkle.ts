import { hashSize, Sha256, sha256 } from './sha256';

// The tree of RFC 6962, section 2.1: leaf and node hashes differ in their first byte, so that no
// node can pass for a leaf.

const leafPrefix = new Uint8Array([0]);
const nodePrefix = new Uint8Array([1]);
const hasher = new Sha256();

function hashLeafInto(out: Uint8Array, leaves: Uint8Array, from: number, to: number): void {
  hasher.update(leafPrefix).update(leaves, from, to).finishInto(out, 0);
}

/** `left` stands at `at` in `lefts`; `right` receives the node. */
function hashNodeInto(right: Uint8Array, lefts: Uint8Array, at: number): void {
  hasher.update(nodePrefix).update(lefts, at, at + hashSize).update(right).finishInto(right, 0);
}

export function leafHash(leaf: Uint8Array): Uint8Array {
  const out = new Uint8Array(hashSize);
  hashLeafInto(out, leaf, 0, leaf.length);
  return out;
}

function node(left: Uint8Array, right: Uint8Array): Uint8Array {
  const out = right.slice();
  hashNodeInto(out, left, 0);
  return out;
}

/** The root over leaves that arrive one by one. */
export class MerkleTree {
  /** The root of the complete subtree of 2^k leaves stands at k when bit k of the size is set. */
  private readonly subtrees = new Uint8Array(53 * hashSize);
  private readonly carried = new Uint8Array(hashSize);
  private size = 0;

  /** Appends the leaf that stands between `from` and `to`. */
  append(leaves: Uint8Array, from = 0, to = leaves.length): void {
    hashLeafInto(this.carried, leaves, from, to);
    let at = 0;
    for (let rest = this.size; rest % 2 === 1; rest = (rest - 1) / 2, at += hashSize)
      hashNodeInto(this.carried, this.subtrees, at);
    this.subtrees.set(this.carried, at);
    ++this.size;
  }

  root(): Uint8Array {
    let root: Uint8Array | undefined;
    let at = 0;
    for (let rest = this.size; rest > 0; rest = Math.floor(rest / 2), at += hashSize) {
      if (rest % 2 === 0) continue;
      const subtree = this.subtrees.slice(at, at + hashSize);
      root = root ? node(subtree, root) : subtree;
    }
    return root ?? sha256(new Uint8Array(0));
  }
}

/**
 * The root that `path` leads to from the leaf at `index` of `size` (RFC 9162, section 2.1.3.2);
 * undefined when a path of that length cannot belong to that place.
 */
export function inclusionRoot(
  hash: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  if (index >= size) return undefined;
  const half = (n: number): number => Math.floor(n / 2);
  let at = index;
  let last = size - 1;
  let root = hash;
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      root = node(sibling, root);
      // The levels where this node was the odd one out have no sibling in the path.
      for (; at % 2 === 0 && at !== 0; at = half(at)) last = half(last);
    } else {
      root = node(root, sibling);
    }
    at = half(at);
    last = half(last);
  }
  return last === 0 ? root : undefined;
}
