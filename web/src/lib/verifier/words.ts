import { toHex } from './bytes';
import { noHash } from './chain';
import { finalEnd, signedFileHash } from './check_records';
import { formatRate } from './rules';
import { changeKinds, type Transcript } from './transcript';
import type { Fact, StepId } from './report';

// Everything that the verifier says when nothing is wrong. What is wrong is said by the checks, in
// the words of `strikeoff verify`.

export const titles: Readonly<Record<StepId, string>> = {
  form: 'Form of the transcript',
  signature: 'Signature of the file',
  open: 'Opening',
  change: 'Changes',
  head: 'Head',
  leaves: 'Bids',
  book: 'Book of lots and bidders',
  groups: 'Bidding groups',
  close: 'Close record',
  secrets: 'Secrets of the draw',
  results: 'Results',
  receipts: 'Your receipts',
};

export const notChecked = 'Not checked, because a check before it failed.';

export const countyWarning =
  'No secret of the county took part: the operator could choose this draw.';

const epochLimit = 8_640_000_000_000_000n; // Milliseconds that a Date can hold.

/** A time to the microsecond, in UTC. */
export function formatInstant(micros: bigint): string {
  const fraction = ((micros % 1000n) + 1000n) % 1000n;
  const millis = (micros - fraction) / 1000n;
  if (millis > epochLimit || millis < -epochLimit) return `${micros} µs since 1970`;
  const text = new Date(Number(millis)).toISOString();
  return text.replace('Z', `${String(fraction).padStart(3, '0')}Z`);
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}

const fact = (label: string, value: string): Fact => ({ label, value });

const kindNames: Readonly<Record<number, string>> = {
  [changeKinds.endMoved]: 'end moved to',
  [changeKinds.paused]: 'paused, end at',
  [changeKinds.resumed]: 'resumed, end at',
  [changeKinds.lotWithdrawn]: 'lot withdrawn, end at',
  [changeKinds.canceled]: 'canceled, end at',
};

function openingFacts({ open, rules, lots }: Transcript): Fact[] {
  const none = open.countyCommitment === noHash;
  return [
    fact('Bids from', formatInstant(open.start)),
    fact('Bids until', formatInstant(open.end)),
    fact('Format', rules.format),
    fact('Highest rate', `${formatRate(rules.rateStart)} %`),
    fact('Step', `${formatRate(rules.rateStep)} %`),
    fact('Ties', rules.tie === 'random' ? 'drawn' : 'first received'),
    fact('Lots', count(lots.length, 'lot')),
    fact('Commitment of the county', none ? 'none' : open.countyCommitment),
    fact('Commitment of the operator', open.operatorCommitment),
  ];
}

/** What each check looks at. */
export function inputsOf(id: StepId, transcript: Transcript, receipts: number): Fact[] {
  const { bidders, changes, close, groups, head, leaves, lots, results, secrets } = transcript;
  switch (id) {
    case 'form':
      return [fact('Batch', transcript.batch), fact('Auction', transcript.auction)];
    case 'signature':
      return [
        fact('Public key', transcript.key),
        fact('Hash of the file as it was signed', toHex(signedFileHash(transcript))),
      ];
    case 'open':
      return openingFacts(transcript);
    case 'change':
      return changes.map((change, i) =>
        fact(
          `Change ${i + 1}, ${formatInstant(change.at)}`,
          `${kindNames[change.kind] ?? ''} ${formatInstant(change.newEnd)}`,
        ),
      );
    case 'head':
      return [
        fact('End in force', formatInstant(finalEnd(transcript))),
        fact('Closed at', formatInstant(head.closedAt)),
        fact('Bids and withdrawals', count(head.leaves, 'leaf', 'leaves')),
      ];
    case 'leaves':
      return [
        fact('Bids and withdrawals', count(leaves.count, 'leaf', 'leaves')),
        fact('Hash of the file', leaves.sha256),
        fact('Root of the tree', head.root),
      ];
    case 'book':
      return [
        fact('Lots', count(lots.length, 'lot')),
        fact('Withdrawn', count(lots.filter((lot) => !lot.offered).length, 'lot')),
        fact('Bidders', count(bidders.length, 'pseudonym')),
      ];
    case 'groups':
      return [fact('Groups', count(groups.length, 'group'))];
    case 'close':
      return [
        fact('Hash of the book', close.bookHash),
        fact('Hash of the groups', close.groupsHash),
        fact('Close record', close.hash),
      ];
    case 'secrets':
      return [
        fact('Secret of the county', secrets.county?.secret ?? 'none'),
        fact('Secret of the operator', secrets.operator),
      ];
    case 'results':
      return [fact('Results', count(results.length, 'lot'))];
    case 'receipts':
      return [fact('Receipts', count(receipts, 'receipt'))];
  }
}

/** What it means that a check passed. */
export function passedWords(id: StepId, { changes, groups, secrets }: Transcript): string {
  switch (id) {
    case 'form':
      return 'The file is written in the one form that it can have.';
    case 'signature':
      return 'The key signed this very file.';
    case 'open':
      return 'Times, rules, lots and commitments are those signed before the first bid.';
    case 'change':
      return changes.length === 0
        ? 'Nothing was changed after the opening.'
        : 'Each change is signed and follows from the one before.';
    case 'head':
      return 'The number of bids and their tree were signed after the end.';
    case 'leaves':
      return 'Every bid is well formed, in time and in the place that was signed.';
    case 'book':
      return 'Lots, bidders and budgets agree with the bids and the withdrawals.';
    case 'groups':
      return groups.length === 0
        ? 'No bid stands for more than one bidder number.'
        : 'Each group has the members that its weight says.';
    case 'close':
      return 'Bids, book and groups were fixed by signature before the secrets were told.';
    case 'secrets':
      return secrets.county === null
        ? `The operator's secret is the one committed to. ${countyWarning}`
        : 'Both secrets are the ones committed to before the first bid.';
    case 'results':
      return 'Every award and every draw comes out the same when computed again.';
    case 'receipts':
      return 'Every receipt is signed, and its bid is among those published.';
  }
}
