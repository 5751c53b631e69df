import { faults } from '@/messages/verifier';

import type { FromWorker, ToWorker } from './protocol';
import type { Outcome, StepReport, VerifyOptions } from './report';

export { checkReceiptsAlone } from './receipts';
export { stepIds } from './report';
export type {
  AwardNote,
  Confirmed,
  Fact,
  Outcome,
  Refuted,
  StepId,
  StepReport,
  VerifyOptions,
} from './report';

type LeavesFile = ReadableStream<Uint8Array> | Blob | Response;

export interface RunOptions extends VerifyOptions {
  /** Ends the verification; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Makes the worker, where the bundler's own way does not do. */
  readonly createWorker?: () => Worker;
}

function bundledWorker(): Worker {
  return new Worker(new URL('./verifier.worker.ts', import.meta.url), { type: 'module' });
}

function refuseFailed(response: Response): void {
  if (!response.ok) throw new Error(faults.notFetched(response.status));
}

/** What is sent to the worker at once, or the stream that is sent piece by piece. */
function leavesOf(file: LeavesFile): Blob | ReadableStream<Uint8Array> {
  if (!(file instanceof Response)) return file;
  refuseFailed(file);
  return file.body ?? new Blob();
}

async function transcriptOf(file: Blob | Response): Promise<Blob> {
  if (file instanceof Blob) return file;
  refuseFailed(file);
  return file.blob();
}

/** One run in a worker of its own, which ends with it. */
class Run {
  private readonly worker: Worker;
  private readonly reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  private readonly leaves: Blob | null;

  constructor(worker: Worker, leaves: Blob | ReadableStream<Uint8Array>) {
    this.worker = worker;
    this.leaves = leaves instanceof Blob ? leaves : null;
    this.reader = leaves instanceof Blob ? undefined : leaves.getReader();
  }

  outcome(
    transcript: Blob,
    options: VerifyOptions,
    onStep: (report: StepReport) => void,
    signal: AbortSignal | undefined,
  ): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      this.worker.onerror = (event) =>
        reject(new Error(event.message || faults.notLoaded));
      this.worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.type === 'step') onStep(data.report);
        else if (data.type === 'outcome') resolve(data.outcome);
        else if (data.type === 'broken') reject(new Error(data.message));
        else this.sendPiece().catch(reject);
      };
      this.say({ type: 'start', transcript, leaves: this.leaves, options });
    });
  }

  end(): void {
    this.worker.terminate();
    // What a server says to the cancellation no longer matters.
    this.reader?.cancel().catch(() => undefined);
  }

  private async sendPiece(): Promise<void> {
    const piece = await this.reader?.read();
    this.say({ type: 'piece', bytes: piece?.value ?? null });
  }

  private say(message: ToWorker): void {
    this.worker.postMessage(message);
  }
}

/**
 * Recomputes a published batch in a worker, from `transcript-<batch>.json` and the stream or file
 * of `transcript-<batch>.leaves`, as `strikeoff verify` does and in its order.
 *
 * `onStep` hears of each check as it begins, goes on and ends (`StepReport`); after the first
 * failure the rest are reported as skipped. The answer says that all is right, or which check
 * failed first and what is wrong (`Outcome`). `options.receipts` is a JSON list of receipts; a
 * bidder who holds one receipt passes a list of it with `partial`.
 *
 * Rejects when a file cannot be fetched or read, which says nothing about the sale.
 */
export async function verifySale(
  transcript: Blob | Response,
  leaves: LeavesFile,
  onStep: (report: StepReport) => void = () => undefined,
  options: RunOptions = {},
): Promise<Outcome> {
  const { createWorker = bundledWorker, signal, ...checks } = options;
  const file = await transcriptOf(transcript);
  signal?.throwIfAborted();
  const source = leavesOf(leaves);
  const run = new Run(createWorker(), source);
  try {
    return await run.outcome(file, checks, onStep, signal);
  } finally {
    run.end();
  }
}
