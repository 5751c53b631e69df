import { faults } from '@/messages/verifier';

/** A leaf is one accepted change of a bid, in 104 bytes. */
export const leafSize = 104;
/** Where the fields stand in a leaf. */
export const leafAt = {
  kind: 4,
  batch: 8,
  bid: 24,
  certificate: 40,
  bidder: 56,
  rate: 72,
  acceptedAt: 80,
  blind: 88,
} as const;
export const placeKind = 1;
export const withdrawKind = 2;

const magic = 0x534f4231; // "SOB1"
const rateMax = 99_999;

/** Why the bytes at `at` are no leaf, in words; empty when they are one. */
export function leafObjection(bytes: DataView, at: number): string {
  if (bytes.getUint32(at) !== magic) return faults.noMagic;
  const kind = bytes.getUint8(at + leafAt.kind);
  if (kind !== placeKind && kind !== withdrawKind)
    return faults.leafKind(kind);
  // The three bytes after the kind, and the four after the rate.
  if (bytes.getUint32(at + 4) << 8 !== 0 || bytes.getUint32(at + 76) !== 0)
    return faults.notZero;
  const rate = bytes.getUint32(at + leafAt.rate);
  if (rate > rateMax) return faults.rateOutOfRange(rate);
  if (kind === withdrawKind && rate !== 0) return faults.withdrawsWithRate;
  return '';
}

/**
 * Sixteen bytes as a key for maps: eight UTF-16 units, which compare like the bytes but are made
 * without writing digits.
 */
export function keyAt(bytes: DataView, at: number): string {
  return String.fromCharCode(
    bytes.getUint16(at),
    bytes.getUint16(at + 2),
    bytes.getUint16(at + 4),
    bytes.getUint16(at + 6),
    bytes.getUint16(at + 8),
    bytes.getUint16(at + 10),
    bytes.getUint16(at + 12),
    bytes.getUint16(at + 14),
  );
}
