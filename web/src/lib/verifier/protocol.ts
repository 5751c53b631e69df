import type { Outcome, StepReport, VerifyOptions } from './report';

/** What a page tells the worker. `leaves` is null when they are sent piece by piece. */
export type ToWorker =
  | {
      readonly type: 'start';
      readonly transcript: Blob;
      readonly leaves: Blob | null;
      readonly options: VerifyOptions;
    }
  /** The answer to `pull`; null after the last piece. */
  | { readonly type: 'piece'; readonly bytes: Uint8Array | null };

/** What the worker tells the page. */
export type FromWorker =
  | { readonly type: 'step'; readonly report: StepReport }
  | { readonly type: 'pull' }
  | { readonly type: 'outcome'; readonly outcome: Outcome }
  /** The files could not be read; nothing is known about the sale. */
  | { readonly type: 'broken'; readonly message: string };
