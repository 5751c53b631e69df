import { faults } from '@/messages/verifier';

const digits = '0123456789abcdef';
const hexPattern = /^(?:[0-9a-f]{2})*$/;
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the text is `size` bytes in lower-case hexadecimal. */
export function isHex(text: string, size: number): boolean {
  return text.length === 2 * size && hexPattern.test(text);
}

/** Whether the text is a UUID in lower case with its hyphens. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}

/** Lower-case hexadecimal, two digits a byte. */
export function toHex(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += digits.charAt(byte >> 4) + digits.charAt(byte & 15);
  return out;
}

/** The bytes of lower-case hexadecimal; the hyphens of a UUID are passed over. */
export function fromHex(text: string): Uint8Array<ArrayBuffer> {
  const plain = text.replaceAll('-', '');
  if (!hexPattern.test(plain)) throw new Error(faults.notHexadecimal);
  const out = new Uint8Array(plain.length / 2);
  const digit = (at: number): number => {
    const code = plain.charCodeAt(at);
    return code < 0x3a ? code - 0x30 : code - 0x57;
  };
  for (let i = 0; i < out.length; ++i) out[i] = digit(2 * i) * 16 + digit(2 * i + 1);
  return out;
}

/** The UUID that stands at `at`. */
export function uuidAt(bytes: Uint8Array, at: number): string {
  const hex = toHex(bytes.subarray(at, at + 16));
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20)].join('-');
}

/** A view of the same bytes for reading integers. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Appends the fields of the byte-exact messages; integers are big-endian. */
export class ByteWriter {
  private data = new Uint8Array(256);
  private used = 0;

  /** The text, which is ASCII, and one zero byte. */
  label(text: string): this {
    const at = this.room(text.length + 1);
    for (let i = 0; i < text.length; ++i) this.data[at + i] = text.charCodeAt(i);
    this.data[at + text.length] = 0;
    return this;
  }
  bytes(value: Uint8Array): this {
    const at = this.room(value.length);
    this.data.set(value, at);
    return this;
  }
  /** Bytes that are kept as hexadecimal, or a UUID. */
  hex(value: string): this {
    return this.bytes(fromHex(value));
  }
  u8(value: number): this {
    const at = this.room(1);
    this.data[at] = value;
    return this;
  }
  u32(value: number): this {
    const at = this.room(4);
    new DataView(this.data.buffer).setUint32(at, value);
    return this;
  }
  /** An unsigned or signed integer of 64 bits. */
  i64(value: bigint): this {
    const at = this.room(8);
    new DataView(this.data.buffer).setBigInt64(at, BigInt.asIntN(64, value));
    return this;
  }
  view(): Uint8Array<ArrayBuffer> {
    return this.data.subarray(0, this.used);
  }

  private room(size: number): number {
    const at = this.used;
    this.used += size;
    if (this.used > this.data.length) {
      const grown = new Uint8Array(Math.max(this.used, 2 * this.data.length));
      grown.set(this.data);
      this.data = grown;
    }
    return at;
  }
}
