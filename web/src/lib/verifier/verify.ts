import { faults, passed as words, titles, told } from '@/messages/verifier';

import { leavesCountObjection, leavesSizeObjection, LeafCheck } from './check_leaves';
import * as records from './check_records';
import type { Objection } from './check_records';
import { recomputeResults } from './check_results';
import type { Award } from './clearing';
import { leafSize } from './leaf';
import { LeafCutter, type LeafSource } from './leaf_source';
import { readReceipts, ReceiptCheck } from './receipts';
import { stepIds } from './report';
import type { AwardNote, Fact, Outcome, StepId, StepReport, VerifyOptions } from './report';
import { readTranscript, type Lot, type Transcript } from './transcript';
import { fileFact, inputsOf, passedWords } from './words';

type OnStep = (report: StepReport) => void;

/** Ends the checks at the first failure. */
class Failure extends Error {}

/** Reports the steps in their order and stops at the first that fails. */
class Steps {
  private readonly onStep: OnStep;
  private id: StepId = 'form';
  private inputs: readonly Fact[] = [];
  readonly wanted: readonly StepId[];

  constructor(onStep: OnStep, hasReceipts: boolean) {
    this.onStep = onStep;
    this.wanted = stepIds.filter((id) => id !== 'receipts' || hasReceipts);
  }

  begin(id: StepId, inputs: readonly Fact[]): void {
    this.id = id;
    this.inputs = inputs;
    this.report({ state: 'running', outcome: '' });
  }
  progress(done: number, total: number): void {
    this.report({ state: 'running', outcome: '', progress: { done, total } });
  }
  /** Throws a `Failure` when there is an objection. */
  end(objection: Objection, passed: string): void {
    if (objection !== undefined) throw new Failure(objection);
    this.report({ state: 'passed', outcome: passed });
  }

  refuted(message: string): Outcome {
    // The message may quote the file, which may be hostile: no control codes.
    const plain = message.replace(/\p{Cc}/gu, '?');
    this.report({ state: 'failed', outcome: plain });
    for (const id of this.wanted.slice(this.wanted.indexOf(this.id) + 1))
      this.onStep({ id, title: titles[id], state: 'skipped', inputs: [], outcome: words.notChecked });
    return { ok: false, step: this.id, reason: `verify.${this.id}`, message: plain };
  }

  private report(part: Pick<StepReport, 'state' | 'outcome' | 'progress'>): void {
    this.onStep({ id: this.id, title: titles[this.id], inputs: this.inputs, ...part });
  }
}

interface LeavesChecked {
  readonly check: LeafCheck;
  readonly objection: Objection;
}

/**
 * Reads all leaves once. When the size is not known before, a fault in a leaf waits until all are
 * counted, because a wrong size is said first.
 */
async function checkLeaves(
  transcript: Transcript,
  source: LeafSource,
  see: (leaves: Uint8Array) => void,
  progress: (done: number) => void,
): Promise<LeavesChecked> {
  const check = new LeafCheck(transcript);
  const cutter = new LeafCutter();
  const due = transcript.leaves.count * leafSize;
  let objection =
    leavesCountObjection(transcript) ?? leavesSizeObjection(transcript, source.size ?? due);
  if (objection !== undefined) return { check, objection };
  let size = 0;
  for (;;) {
    const piece = await source.next();
    if (!piece) break;
    size += piece.length;
    if (size > due)
      return { check, objection: leavesSizeObjection(transcript, faults.moreThan(due)) };
    if (objection !== undefined) continue;
    const leaves = cutter.cut(piece);
    objection = check.check(leaves);
    if (objection !== undefined && source.size !== undefined) return { check, objection };
    see(leaves);
    progress(check.checked);
  }
  return { check, objection: leavesSizeObjection(transcript, size) ?? objection ?? check.finish() };
}

function noteOf(transcript: Transcript, lot: Lot, award: Award): AwardNote {
  const bidder = award.bidder === null ? null : (transcript.bidders[award.bidder]?.ref ?? null);
  return { advNo: lot.advNo, certificate: lot.certificate, ...award, bidder };
}

function confirmed(transcript: Transcript, awards: readonly Award[]): Outcome {
  const { auction, batch, leaves, lots, secrets } = transcript;
  const countyTookPart = secrets.county !== null;
  return {
    ok: true,
    auction,
    batch,
    leaves: leaves.count,
    items: lots.length,
    countyTookPart,
    warning: countyTookPart ? null : words.countyWarning,
    awards: lots.map((lot, i) => noteOf(transcript, lot, awards[i] as Award)),
  };
}

/** The receipts, or in words why they cannot be read; none when none are to be checked. */
function receiptsOf(options: VerifyOptions): ReceiptCheck | string | undefined {
  if (options.receipts === undefined) return undefined;
  const read = readReceipts(new TextEncoder().encode(options.receipts));
  return typeof read === 'string' ? told(faults.receipts, read) : new ReceiptCheck(read);
}

async function runSteps(
  steps: Steps,
  file: Uint8Array,
  source: LeafSource,
  options: VerifyOptions,
): Promise<Outcome> {
  steps.begin('form', [fileFact(file.length)]);
  const transcript = readTranscript(file);
  if (typeof transcript === 'string') throw new Failure(told(faults.form, transcript));
  const receipts = receiptsOf(options);
  const receiptCount = receipts instanceof ReceiptCheck ? receipts.size : 0;
  const begin = (id: StepId): void => steps.begin(id, inputsOf(id, transcript, receiptCount));
  const end = (id: StepId, objection: Objection): void =>
    steps.end(objection, passedWords(id, transcript));
  const step = (id: StepId, check: () => Objection): void => {
    begin(id);
    end(id, check());
  };

  step('form', () => undefined);
  step('signature', () => records.checkFileSignature(transcript, options.key));
  step('open', () => records.checkOpening(transcript));
  step('change', () => records.checkChanges(transcript));
  step('head', () => records.checkHead(transcript));

  begin('leaves');
  const { check, objection } = await checkLeaves(
    transcript,
    source,
    (leaves) => receipts instanceof ReceiptCheck && receipts.see(leaves),
    (done) => steps.progress(done, transcript.leaves.count),
  );
  end('leaves', objection);
  const bids = check.liveBids();

  step('book', () => records.checkBook(transcript, check.leavesOf, bids));
  step('groups', () => records.checkGroups(transcript));
  step('close', () => records.checkClose(transcript));
  step('secrets', () => records.checkSecrets(transcript));
  begin('results');
  const awards = recomputeResults(transcript, bids);
  if (typeof awards === 'string') throw new Failure(awards);
  end('results', undefined);
  if (receipts !== undefined)
    step('receipts', () =>
      typeof receipts === 'string'
        ? receipts
        : receipts.finish(transcript, options.partial ?? false),
    );
  return confirmed(transcript, awards);
}

/**
 * Recomputes a published batch from its transcript and its leaves, as `strikeoff verify` does and
 * in its order; the first failure wins. Rejects only when the leaves cannot be read.
 */
export async function verifyFiles(
  transcript: Uint8Array,
  leaves: LeafSource,
  options: VerifyOptions = {},
  onStep: OnStep = () => undefined,
): Promise<Outcome> {
  const steps = new Steps(onStep, options.receipts !== undefined);
  try {
    return await runSteps(steps, transcript, leaves, options);
  } catch (failure) {
    if (failure instanceof Failure) return steps.refuted(failure.message);
    throw failure;
  } finally {
    leaves.cancel();
  }
}
