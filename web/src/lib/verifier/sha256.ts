// Millions of messages of one or two blocks are hashed for a batch. WebCrypto answers each through
// a promise, which costs a hundred times the hash; this keeps its state in typed arrays and
// allocates nothing a message.

const constants = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

const start = new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);

const blockSize = 64;
export const hashSize = 32;

/** The words of the block that is being hashed; no two hashes run at the same time. */
const words = new Int32Array(64);

function rotate(x: number, by: number): number {
  return (x >>> by) | (x << (32 - by));
}

function loadWords(data: Uint8Array, from: number): void {
  for (let i = 0, at = from; i < 16; ++i, at += 4)
    words[i] =
      ((data[at] as number) << 24) |
      ((data[at + 1] as number) << 16) |
      ((data[at + 2] as number) << 8) |
      (data[at + 3] as number);
  for (let i = 16; i < 64; ++i) {
    const near = words[i - 2] as number;
    const far = words[i - 15] as number;
    const sigma1 = rotate(near, 17) ^ rotate(near, 19) ^ (near >>> 10);
    const sigma0 = rotate(far, 7) ^ rotate(far, 18) ^ (far >>> 3);
    words[i] = (sigma1 + (words[i - 7] as number) + sigma0 + (words[i - 16] as number)) | 0;
  }
}

/** The compression of FIPS 180-4, section 6.2.2. */
function compress(state: Int32Array, data: Uint8Array, from: number): void {
  loadWords(data, from);
  let a = state[0] as number;
  let b = state[1] as number;
  let c = state[2] as number;
  let d = state[3] as number;
  let e = state[4] as number;
  let f = state[5] as number;
  let g = state[6] as number;
  let h = state[7] as number;
  for (let i = 0; i < 64; ++i) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum1 + choice + (constants[i] as number) + (words[i] as number)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sum0 + majority) | 0;
  }
  state[0] = (state[0] as number) + a;
  state[1] = (state[1] as number) + b;
  state[2] = (state[2] as number) + c;
  state[3] = (state[3] as number) + d;
  state[4] = (state[4] as number) + e;
  state[5] = (state[5] as number) + f;
  state[6] = (state[6] as number) + g;
  state[7] = (state[7] as number) + h;
}

/** SHA-256 of messages, one after the other. */
export class Sha256 {
  private readonly state = new Int32Array(start);
  private readonly buffer = new Uint8Array(blockSize);
  private buffered = 0;
  private size = 0;

  update(data: Uint8Array, from = 0, to = data.length): this {
    let at = from;
    this.size += to - from;
    while (at < to) {
      if (this.buffered === 0 && to - at >= blockSize) {
        compress(this.state, data, at);
        at += blockSize;
        continue;
      }
      const end = Math.min(to, at + blockSize - this.buffered);
      while (at < end) this.buffer[this.buffered++] = data[at++] as number;
      if (this.buffered === blockSize) {
        compress(this.state, this.buffer, 0);
        this.buffered = 0;
      }
    }
    return this;
  }

  /** Writes the hash to `out` at `at`, and begins a new message. */
  finishInto(out: Uint8Array, at: number): void {
    const { buffer, state } = this;
    buffer[this.buffered++] = 0x80;
    if (this.buffered > blockSize - 8) {
      buffer.fill(0, this.buffered);
      compress(state, buffer, 0);
      this.buffered = 0;
    }
    buffer.fill(0, this.buffered);
    let bits = this.size * 8;
    for (let i = blockSize - 1; bits > 0; --i) {
      buffer[i] = bits % 256;
      bits = Math.floor(bits / 256);
    }
    compress(state, buffer, 0);
    for (let i = 0; i < 8; ++i) {
      const word = state[i] as number;
      out[at + 4 * i] = word >>> 24;
      out[at + 4 * i + 1] = word >>> 16;
      out[at + 4 * i + 2] = word >>> 8;
      out[at + 4 * i + 3] = word;
    }
    this.restart();
  }

  finish(): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(hashSize);
    this.finishInto(out, 0);
    return out;
  }

  private restart(): void {
    this.state.set(start);
    this.buffered = 0;
    this.size = 0;
  }

  /** Goes on where `other` stands. */
  continueFrom(other: Sha256): this {
    this.state.set(other.state);
    this.buffer.set(other.buffer);
    this.buffered = other.buffered;
    this.size = other.size;
    return this;
  }
}

export function sha256(data: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Sha256().update(data).finish();
}

/** HMAC-SHA-256 under one key, whose two blocks are hashed once. */
export class HmacSha256 {
  private readonly inner = new Sha256();
  private readonly outer = new Sha256();
  private readonly work = new Sha256();
  private readonly middle = new Uint8Array(hashSize);

  constructor(key: Uint8Array) {
    const block = new Uint8Array(blockSize);
    block.set(key.length > blockSize ? sha256(key) : key);
    this.inner.update(block.map((byte) => byte ^ 0x36));
    this.outer.update(block.map((byte) => byte ^ 0x5c));
  }

  /** Writes the code of the message to `out`, which has room for 32 bytes. */
  into(out: Uint8Array, message: Uint8Array): void {
    this.work.continueFrom(this.inner).update(message).finishInto(this.middle, 0);
    this.work.continueFrom(this.outer).update(this.middle).finishInto(out, 0);
  }

  of(message: Uint8Array): Uint8Array<ArrayBuffer> {
    const out = new Uint8Array(hashSize);
    this.into(out, message);
    return out;
  }
}
