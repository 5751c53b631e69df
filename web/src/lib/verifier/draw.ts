import { ByteWriter } from './bytes';
import type { HmacSha256 } from './sha256';

/** A uniform number and the counter of the try that gave it. */
export interface Ticket {
  readonly number: bigint;
  readonly counter: number;
}

const range = 2n ** 64n;

/** A uniform number in [0, tickets) for one certificate, by rejection. */
export function drawTicket(
  key: HmacSha256,
  certificate: string,
  round: number,
  tickets: bigint,
): Ticket {
  const excess = range % tickets;
  for (let counter = 0; ; ++counter) {
    const message = new ByteWriter().label('strikeoff/draw/v1').hex(certificate);
    const hash = key.of(message.u32(round).u32(counter).view());
    const x = new DataView(hash.buffer).getBigUint64(0);
    // The last numbers of the range would favour the low tickets.
    if (x < range - excess) return { number: x % tickets, counter };
  }
}
