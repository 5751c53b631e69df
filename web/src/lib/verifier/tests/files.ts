import { readFileSync } from 'node:fs';

import type { LeafSource } from '../leaf_source';
import type { Outcome, StepReport, VerifyOptions } from '../report';
import { verifyFiles } from '../verify';

const data = new URL('../../../../../tests/data/', import.meta.url);

/** A file below `tests/data` of the repository. */
export function dataFile(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(name, data)));
}

export function dataJson(name: string): unknown {
  return JSON.parse(new TextDecoder().decode(dataFile(name)));
}

const sale = 'draw-kat/transcript-01a0c459-9d3b-7fe6-aaad-a4d044eab9bc';
export const knownTranscript = (): Uint8Array<ArrayBuffer> => dataFile(`${sale}.json`);
export const knownLeaves = (): Uint8Array<ArrayBuffer> => dataFile(`${sale}.leaves`);
export const knownReceipts = (): string =>
  new TextDecoder().decode(dataFile('draw-kat/receipts.json'));

/** Turns over the bits of the mask in one byte; a second time undoes it. */
export function flip(bytes: Uint8Array, at: number, mask: number): void {
  bytes[at] = (bytes[at] ?? 0) ^ mask;
}

/** The bytes in pieces of `pieceSize`, as a network would bring them. */
export function sourceOf(bytes: Uint8Array, pieceSize = 65_536, isSizeKnown = true): LeafSource {
  let at = 0;
  return {
    size: isSizeKnown ? bytes.length : undefined,
    next: () => {
      const piece = bytes.subarray(at, at + pieceSize);
      at += piece.length;
      return Promise.resolve(piece.length > 0 ? piece : undefined);
    },
    cancel: () => undefined,
  };
}

export function verifyBytes(
  transcript: Uint8Array,
  leaves: Uint8Array,
  options: VerifyOptions = {},
  onStep?: (report: StepReport) => void,
): Promise<Outcome> {
  return verifyFiles(transcript, sourceOf(leaves), options, onStep);
}

/** "ok", or the reason and the message of the first failure. */
export function verdictOf(outcome: Outcome): string {
  return outcome.ok ? 'ok' : `${outcome.reason} | ${outcome.message}`;
}

export async function verdict(
  transcript: Uint8Array,
  leaves: Uint8Array,
  options: VerifyOptions = {},
): Promise<string> {
  return verdictOf(await verifyBytes(transcript, leaves, options));
}
