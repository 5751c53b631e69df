import { ed25519 } from '@noble/curves/ed25519.js';

import { fromHex } from './bytes';

// WebCrypto's Ed25519 is missing from browsers in use, and browsers differ about signatures made
// with keys of small order; this answers the same everywhere.

/** Whether the key, in hexadecimal, signed the message, by the strict rules of RFC 8032. */
export function isSignedBy(key: string, message: Uint8Array, signature: string): boolean {
  const bytes = fromHex(signature);
  try {
    const commitment = ed25519.Point.fromBytes(bytes.subarray(0, 32), false);
    if (commitment.isSmallOrder()) return false;
    return ed25519.verify(bytes, message, fromHex(key), { zip215: false });
  } catch {
    // The library throws for what is no point of the curve.
    return false;
  }
}
