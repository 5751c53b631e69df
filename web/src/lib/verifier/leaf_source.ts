import { leafSize } from './leaf';

/** Where the leaves come from, piece by piece. */
export interface LeafSource {
  /** The bytes there are, if that is known before they are read. */
  readonly size: number | undefined;
  /** The next piece, of any length; undefined after the last. */
  next(): Promise<Uint8Array | undefined>;
  /** Nothing more will be asked for. */
  cancel(): void;
}

export function sourceOfStream(stream: ReadableStream<Uint8Array>, size?: number): LeafSource {
  const reader = stream.getReader();
  return {
    size,
    next: async () => (await reader.read()).value,
    cancel: () => {
      // What a server says to the cancellation no longer matters.
      reader.cancel().catch(() => undefined);
    },
  };
}

export function sourceOfBlob(blob: Blob): LeafSource {
  return sourceOfStream(blob.stream(), blob.size);
}

/** Cuts pieces of any length into whole leaves; what is left over waits for the next piece. */
export class LeafCutter {
  private rest = new Uint8Array(0);

  cut(piece: Uint8Array): Uint8Array {
    let joined = piece;
    if (this.rest.length > 0) {
      joined = new Uint8Array(this.rest.length + piece.length);
      joined.set(this.rest);
      joined.set(piece, this.rest.length);
    }
    const whole = joined.length - (joined.length % leafSize);
    this.rest = joined.slice(whole);
    return joined.subarray(0, whole);
  }
}
