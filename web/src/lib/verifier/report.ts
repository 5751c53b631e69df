/** The checks, in the order in which they are made; the ids never change. */
export const stepIds = [
  'form',
  'signature',
  'open',
  'change',
  'head',
  'leaves',
  'book',
  'groups',
  'close',
  'secrets',
  'results',
  'receipts',
] as const;
export type StepId = (typeof stepIds)[number];

/** One thing that a check looks at or found, in words. */
export interface Fact {
  readonly label: string;
  readonly value: string;
}

/**
 * How one check does. A page gets `running` with the inputs, for the leaves again and again with
 * the progress, and then the outcome; the latest report of an id replaces those before.
 */
export interface StepReport {
  readonly id: StepId;
  readonly title: string;
  readonly state: 'running' | 'passed' | 'failed' | 'skipped';
  readonly inputs: readonly Fact[];
  /** One sentence; empty while the check runs. */
  readonly outcome: string;
  readonly progress?: { readonly done: number; readonly total: number };
}

/** How one lot was awarded, for explaining it. Rates are basis points. */
export interface AwardNote {
  readonly advNo: number;
  readonly certificate: string;
  readonly outcome: 'awarded' | 'struck' | 'withdrawn';
  /** The winner's pseudonym. */
  readonly bidder: string | null;
  readonly member: number | null;
  readonly rate: number | null;
  /** The bids that stood at the winning rate. */
  readonly tied: number;
  /** The number `ticket`, counted from 0, was drawn among so many tickets. */
  readonly draw: {
    readonly tickets: bigint;
    readonly ticket: bigint;
    readonly counter: number;
  } | null;
}

/** All of it is right. */
export interface Confirmed {
  readonly ok: true;
  readonly auction: string;
  readonly batch: string;
  readonly leaves: number;
  readonly items: number;
  /** If not, the operator could choose the draw: `warning` says so. */
  readonly countyTookPart: boolean;
  readonly warning: string | null;
  readonly awards: readonly AwardNote[];
}

/** The first check that failed, under the reason that `strikeoff verify` gives, and its words. */
export interface Refuted {
  readonly ok: false;
  readonly step: StepId;
  readonly reason: `verify.${StepId}`;
  readonly message: string;
}

export type Outcome = Confirmed | Refuted;

export interface VerifyOptions {
  /** The operator's public key in hexadecimal, known from elsewhere. */
  readonly key?: string;
  /** A JSON list of receipts to hold against the sale. */
  readonly receipts?: string;
  /** The receipts are not all of their bidders'. */
  readonly partial?: boolean;
}
