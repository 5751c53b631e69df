import { changes as changeWords, facts as words, passed } from '@/messages/verifier';

import { toHex } from './bytes';
import { noHash } from './chain';
import { finalEnd, signedFileHash } from './check_records';
import { formatRate } from './rules';
import { changeKinds, type Transcript } from './transcript';
import type { Fact, StepId } from './report';


const epochLimit = 8_640_000_000_000_000n; // Milliseconds that a Date can hold.

/** A time to the microsecond, in UTC. */
export function formatInstant(micros: bigint): string {
  const fraction = ((micros % 1000n) + 1000n) % 1000n;
  const millis = (micros - fraction) / 1000n;
  if (millis > epochLimit || millis < -epochLimit) return words.sinceEpoch(micros);
  const text = new Date(Number(millis)).toISOString();
  return text.replace('Z', `${String(fraction).padStart(3, '0')}Z`);
}

const fact = (label: string, value: string): Fact => ({ label, value });

export const fileFact = (size: number): Fact => fact(words.file, words.bytes(size));

const kindNames: Readonly<Record<number, string>> = {
  [changeKinds.endMoved]: changeWords.endMoved,
  [changeKinds.paused]: changeWords.paused,
  [changeKinds.resumed]: changeWords.resumed,
  [changeKinds.lotWithdrawn]: changeWords.lotWithdrawn,
  [changeKinds.canceled]: changeWords.canceled,
};

function openingFacts({ open, rules, lots }: Transcript): Fact[] {
  const none = open.countyCommitment === noHash;
  return [
    fact(words.bidsFrom, formatInstant(open.start)),
    fact(words.bidsUntil, formatInstant(open.end)),
    fact(words.format, rules.format),
    fact(words.highestRate, words.percent(formatRate(rules.rateStart))),
    fact(words.step, words.percent(formatRate(rules.rateStep))),
    fact(words.ties, rules.tie === 'random' ? words.drawn : words.firstReceived),
    fact(words.lots, words.ofLots(lots.length)),
    fact(words.countyCommitment, none ? words.none : open.countyCommitment),
    fact(words.operatorCommitment, open.operatorCommitment),
  ];
}

/** What each check looks at. */
export function inputsOf(id: StepId, transcript: Transcript, receipts: number): Fact[] {
  const { bidders, changes, close, groups, head, leaves, lots, results, secrets } = transcript;
  switch (id) {
    case 'form':
      return [fact(words.batch, transcript.batch), fact(words.auction, transcript.auction)];
    case 'signature':
      return [
        fact(words.key, transcript.key),
        fact(words.signedHash, toHex(signedFileHash(transcript))),
      ];
    case 'open':
      return openingFacts(transcript);
    case 'change':
      return changes.map((change, i) =>
        fact(
          words.change(i + 1, formatInstant(change.at)),
          `${kindNames[change.kind] ?? ''} ${formatInstant(change.newEnd)}`,
        ),
      );
    case 'head':
      return [
        fact(words.endInForce, formatInstant(finalEnd(transcript))),
        fact(words.closedAt, formatInstant(head.closedAt)),
        fact(words.leaves, words.ofLeaves(head.leaves)),
      ];
    case 'leaves':
      return [
        fact(words.leaves, words.ofLeaves(leaves.count)),
        fact(words.leavesHash, leaves.sha256),
        fact(words.root, head.root),
      ];
    case 'book':
      return [
        fact(words.lots, words.ofLots(lots.length)),
        fact(words.withdrawn, words.ofLots(lots.filter((lot) => !lot.offered).length)),
        fact(words.bidders, words.ofPseudonyms(bidders.length)),
      ];
    case 'groups':
      return [fact(words.groups, words.ofGroups(groups.length))];
    case 'close':
      return [
        fact(words.bookHash, close.bookHash),
        fact(words.groupsHash, close.groupsHash),
        fact(words.closeRecord, close.hash),
      ];
    case 'secrets':
      return [
        fact(words.countySecret, secrets.county?.secret ?? words.none),
        fact(words.operatorSecret, secrets.operator),
      ];
    case 'results':
      return [fact(words.results, words.ofLots(results.length))];
    case 'receipts':
      return [fact(words.receipts, words.ofReceipts(receipts))];
  }
}

/** What it means that a check passed. */
export function passedWords(id: StepId, { changes, groups, secrets }: Transcript): string {
  switch (id) {
    case 'change':
      return changes.length === 0 ? passed.noChange : passed.change;
    case 'groups':
      return groups.length === 0 ? passed.noGroup : passed.groups;
    case 'secrets':
      return secrets.county === null ? passed.operatorAlone : passed.secrets;
    default:
      return passed[id];
  }
}
