import { faults, told } from '@/messages/verifier';

import * as chain from './chain';
import { isSignedBy } from './ed25519';
import { sha256 } from './sha256';
import { toHex } from './bytes';
import { canonicalRules } from './rules';
import { canonicalTranscript } from './transcript_text';
import { changeKinds, type Bidder, type Change, type Lot } from './transcript';
import type { Group, SignedRecord, Transcript } from './transcript';
import type { LiveBids } from './folding';

// The checks that need the transcript, and its folded bids, but not the leaves themselves. Each
// answers undefined when all is right, or in words where the first fault is and what is wrong; the
// words are those of `strikeoff verify`.

export type Objection = string | undefined;

const textBytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The hash that stands in the transcript is the one computed, and the key signed it. */
function recordObjection(
  transcript: Transcript,
  record: SignedRecord,
  computed: string,
  where: string,
): Objection {
  if (record.hash !== computed)
    return told(where, faults.recordHash(record.hash, computed));
  if (!isSignedBy(transcript.key, chain.chainMessage(computed), record.signature))
    return told(where, faults.recordSignature);
  return undefined;
}

function hashObjection(said: string, computed: string, where: string): Objection {
  if (said === computed) return undefined;
  return told(where, faults.hash(said, computed));
}

/** What the signature of the file covers. */
export function signedFileHash(transcript: Transcript): Uint8Array {
  return sha256(textBytes(canonicalTranscript(transcript)));
}

/** `knownKey` is the operator's key, known from elsewhere. */
export function checkFileSignature(transcript: Transcript, knownKey?: string): Objection {
  const { key, signature } = transcript;
  if (knownKey !== undefined && knownKey !== key)
    return faults.otherKey(key, knownKey);
  const message = chain.transcriptMessage(signedFileHash(transcript));
  if (isSignedBy(key, message, signature)) return undefined;
  return faults.fileSignature;
}

function lotsObjection(lots: readonly Lot[]): Objection {
  const certificates = new Set<string>();
  for (const lot of lots) {
    const where = faults.lot(lot.advNo);
    if (certificates.has(lot.certificate))
      return told(where, faults.twoNumbers);
    certificates.add(lot.certificate);
    if (lot.face === 0n) return told(where, faults.noFace);
  }
  return undefined;
}

/** Rules, lots and `O_0`. */
export function checkOpening(transcript: Transcript): Objection {
  const { open, rules, lots } = transcript;
  if (open.start >= open.end) return faults.endsBefore;
  const rulesHash = toHex(sha256(textBytes(canonicalRules(rules))));
  return (
    hashObjection(open.rulesHash, rulesHash, faults.rulesOfOpening) ??
    lotsObjection(lots) ??
    hashObjection(open.lotsHash, chain.lotsHash(lots), faults.lotsOfOpening) ??
    recordObjection(transcript, open, chain.openingHash(transcript), faults.openingRecord)
  );
}

/** What kind of change may say what. */
function changeObjection(change: Change, endBefore: bigint, before?: bigint): Objection {
  const { kind, certificate } = change;
  const namesLot = certificate !== null && certificate !== chain.noUuid;
  if (namesLot && kind !== changeKinds.lotWithdrawn)
    return faults.namesLot;
  if (!namesLot && kind === changeKinds.lotWithdrawn)
    return faults.namesNoLot;
  const mayMoveEnd = kind === changeKinds.endMoved || kind === changeKinds.resumed;
  if (!mayMoveEnd && change.newEnd !== endBefore)
    return faults.cannotMoveEnd;
  if (before !== undefined && change.at < before)
    return faults.beforeChange;
  if (kind === changeKinds.canceled) return faults.canceled;
  return undefined;
}

/** Every change after the opening, each bound to the one before. */
export function checkChanges(transcript: Transcript): Objection {
  let latest = transcript.open.hash;
  let end = transcript.open.end;
  let before: bigint | undefined;
  for (const [i, change] of transcript.changes.entries()) {
    const where = faults.change(i + 1);
    latest = chain.changeHash(transcript.batch, i + 1, latest, change);
    const recorded = recordObjection(transcript, change, latest, where);
    if (recorded !== undefined) return recorded;
    const wrong = changeObjection(change, end, before);
    if (wrong !== undefined) return told(where, wrong);
    end = change.newEnd;
    before = change.at;
  }
  return undefined;
}

/** The end in force after all changes. */
export function finalEnd({ open, changes }: Transcript): bigint {
  return changes.at(-1)?.newEnd ?? open.end;
}

export function checkHead(transcript: Transcript): Objection {
  const { batch, changes, head, open } = transcript;
  const last = changes.at(-1);
  if (head.closedAt < finalEnd(transcript)) return faults.closedBeforeEnd;
  if (last && head.closedAt < last.at) return faults.changedAfterClose;
  const computed = chain.headHash(batch, last?.hash ?? open.hash, head);
  return recordObjection(transcript, head, computed, faults.headRecord);
}

function bidderObjection(bidder: Bidder, leaves: number, liveTotal: bigint): Objection {
  const where = faults.bidder(bidder.ref);
  if (leaves === 0) return told(where, faults.noLeaf);
  if (bidder.weight === 0) return told(where, faults.noWeight);
  if (bidder.budget > liveTotal)
    return told(where, faults.budget);
  return undefined;
}

function withdrawalObjection({ changes, lots }: Transcript): Objection {
  const withdrawn = new Set<string>();
  for (const { kind, certificate } of changes)
    if (kind === changeKinds.lotWithdrawn && certificate !== null) withdrawn.add(certificate);
  for (const lot of lots) {
    const where = faults.bookLot(lot.advNo);
    const wasWithdrawn = withdrawn.delete(lot.certificate);
    if (lot.offered && wasWithdrawn)
      return told(where, faults.stillOffered);
    if (!lot.offered && !wasWithdrawn)
      return told(where, faults.notWithdrawn);
  }
  const [unknown] = withdrawn;
  if (unknown === undefined) return undefined;
  return faults.withdrewUnknown(unknown);
}

/** `leavesOf` counts the leaves of each bidder. */
export function checkBook(
  transcript: Transcript,
  leavesOf: Uint32Array,
  bids: LiveBids,
): Objection {
  const { bidders, close, lots } = transcript;
  const liveTotals = new Array<bigint>(bidders.length).fill(0n);
  for (let i = 0; i < bids.count; ++i) {
    const bidder = bids.bidder[i] as number;
    const { face } = lots[bids.lot[i] as number] as Lot;
    liveTotals[bidder] = (liveTotals[bidder] as bigint) + face;
  }
  for (const [i, bidder] of bidders.entries()) {
    const wrong = bidderObjection(bidder, leavesOf[i] as number, liveTotals[i] as bigint);
    if (wrong !== undefined) return wrong;
  }
  return (
    withdrawalObjection(transcript) ??
    hashObjection(close.bookHash, chain.bookHash(lots, bidders), faults.bookHash)
  );
}

function groupObjection(group: Group | undefined, bidder: Bidder): Objection {
  const where = faults.group(bidder.ref);
  if (group?.ref !== bidder.ref)
    return told(where, faults.noGroup);
  const { members } = group;
  if (members.length !== bidder.weight)
    return told(where, faults.membersCounted(members.length, bidder.weight));
  const seen = new Set<string>();
  for (const member of members) {
    if (seen.has(member)) return told(where, faults.memberTwice(member));
    seen.add(member);
  }
  return undefined;
}

export function checkGroups({ bidders, close, groups }: Transcript): Objection {
  let next = 0;
  for (const bidder of bidders) {
    if (bidder.weight === 1) continue;
    const wrong = groupObjection(groups[next], bidder);
    if (wrong !== undefined) return wrong;
    ++next;
  }
  const extra = groups[next];
  if (extra)
    return told(faults.group(extra.ref), faults.groupOfNobody);
  return hashObjection(close.groupsHash, chain.groupsHash(groups), faults.groupsHash);
}

export function checkClose(transcript: Transcript): Objection {
  const { batch, close, head } = transcript;
  const computed = chain.closeHash(batch, head.hash, close.bookHash, close.groupsHash);
  return recordObjection(transcript, close, computed, faults.closeRecord);
}

function countyObjection({ batch, close, head, key, open, secrets }: Transcript): Objection {
  const { county } = secrets;
  if (!county) return undefined;
  const { secret, receivedAt, signature } = county;
  const where = faults.countySecret;
  if (open.countyCommitment === chain.noHash) return told(where, faults.committedToNone);
  if (chain.commitment('county', batch, secret) !== open.countyCommitment)
    return told(where, faults.otherSecret);
  if (receivedAt < head.closedAt) return told(where, faults.receivedEarly);
  const message = chain.secretMessage(batch, close.hash, secret, receivedAt);
  if (isSignedBy(key, message, signature)) return undefined;
  return told(where, faults.secretReceipt);
}

export function checkSecrets(transcript: Transcript): Objection {
  const { batch, open, secrets } = transcript;
  const county = countyObjection(transcript);
  if (county !== undefined) return county;
  if (chain.commitment('operator', batch, secrets.operator) === open.operatorCommitment)
    return undefined;
  return told(faults.operatorSecret, faults.otherSecret);
}
