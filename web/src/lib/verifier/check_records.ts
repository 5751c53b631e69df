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
    return `${where}: the transcript says ${record.hash}, recomputed ${computed}`;
  if (!isSignedBy(transcript.key, chain.chainMessage(computed), record.signature))
    return `${where}: the signature is not that of the key over this record`;
  return undefined;
}

function hashObjection(said: string, computed: string, where: string): Objection {
  if (said === computed) return undefined;
  return `${where}: the hash in the transcript is ${said}, recomputed ${computed}`;
}

/** What the signature of the file covers. */
export function signedFileHash(transcript: Transcript): Uint8Array {
  return sha256(textBytes(canonicalTranscript(transcript)));
}

/** `knownKey` is the operator's key, known from elsewhere. */
export function checkFileSignature(transcript: Transcript, knownKey?: string): Objection {
  const { key, signature } = transcript;
  if (knownKey !== undefined && knownKey !== key)
    return `file signature: the transcript names the key ${key}, the one given is ${knownKey}`;
  const message = chain.transcriptMessage(signedFileHash(transcript));
  if (isSignedBy(key, message, signature)) return undefined;
  return 'file signature: it is not that of the key over this file';
}

function lotsObjection(lots: readonly Lot[]): Objection {
  const certificates = new Set<string>();
  for (const lot of lots) {
    const where = `lot with advertised number ${lot.advNo}`;
    if (certificates.has(lot.certificate))
      return `${where}: its certificate has another number as well`;
    certificates.add(lot.certificate);
    if (lot.face === 0n) return `${where}: its face is nothing`;
  }
  return undefined;
}

/** Rules, lots and `O_0`. */
export function checkOpening(transcript: Transcript): Objection {
  const { open, rules, lots } = transcript;
  if (open.start >= open.end) return 'opening: the batch ends before it starts';
  const rulesHash = toHex(sha256(textBytes(canonicalRules(rules))));
  return (
    hashObjection(open.rulesHash, rulesHash, 'rules of the opening') ??
    lotsObjection(lots) ??
    hashObjection(open.lotsHash, chain.lotsHash(lots), 'lots of the opening') ??
    recordObjection(transcript, open, chain.openingHash(transcript), 'opening')
  );
}

/** What kind of change may say what. */
function changeObjection(change: Change, endBefore: bigint, before?: bigint): Objection {
  const { kind, certificate } = change;
  const namesLot = certificate !== null && certificate !== chain.noUuid;
  if (namesLot && kind !== changeKinds.lotWithdrawn)
    return 'it names a lot but does not withdraw one';
  if (!namesLot && kind === changeKinds.lotWithdrawn)
    return 'it withdraws a lot but does not say which';
  const mayMoveEnd = kind === changeKinds.endMoved || kind === changeKinds.resumed;
  if (!mayMoveEnd && change.newEnd !== endBefore)
    return 'it is of a kind that cannot move the end, but moves it';
  if (before !== undefined && change.at < before)
    return 'it happened before the change in front of it';
  if (kind === changeKinds.canceled) return 'the batch was canceled, so it can have no results';
  return undefined;
}

/** Every change after the opening, each bound to the one before. */
export function checkChanges(transcript: Transcript): Objection {
  let latest = transcript.open.hash;
  let end = transcript.open.end;
  let before: bigint | undefined;
  for (const [i, change] of transcript.changes.entries()) {
    const where = `change ${i + 1}`;
    latest = chain.changeHash(transcript.batch, i + 1, latest, change);
    const recorded = recordObjection(transcript, change, latest, where);
    if (recorded !== undefined) return recorded;
    const wrong = changeObjection(change, end, before);
    if (wrong !== undefined) return `${where}: ${wrong}`;
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
  if (head.closedAt < finalEnd(transcript)) return 'head: the batch was closed before its end';
  if (last && head.closedAt < last.at) return 'head: the batch was changed after it was closed';
  const computed = chain.headHash(batch, last?.hash ?? open.hash, head);
  return recordObjection(transcript, head, computed, 'head');
}

function bidderObjection(bidder: Bidder, leaves: number, liveTotal: bigint): Objection {
  const where = `book, bidder ${bidder.ref}`;
  if (leaves === 0) return `${where}: the bidder has no leaf`;
  if (bidder.weight === 0) return `${where}: the weight is 0`;
  if (bidder.budget > liveTotal)
    return `${where}: the budget is above the face of all its live bids`;
  return undefined;
}

function withdrawalObjection({ changes, lots }: Transcript): Objection {
  const withdrawn = new Set<string>();
  for (const { kind, certificate } of changes)
    if (kind === changeKinds.lotWithdrawn && certificate !== null) withdrawn.add(certificate);
  for (const lot of lots) {
    const where = `book, advertised number ${lot.advNo}`;
    const wasWithdrawn = withdrawn.delete(lot.certificate);
    if (lot.offered && wasWithdrawn)
      return `${where}: a change withdrew the lot, the book still offers it`;
    if (!lot.offered && !wasWithdrawn)
      return `${where}: the book withdraws the lot, but no change did`;
  }
  const [unknown] = withdrawn;
  if (unknown === undefined) return undefined;
  return `book: a change withdrew ${unknown}, which is no lot of the batch`;
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
    hashObjection(close.bookHash, chain.bookHash(lots, bidders), 'book')
  );
}

function groupObjection(group: Group | undefined, bidder: Bidder): Objection {
  const where = `group ${bidder.ref}`;
  if (group?.ref !== bidder.ref)
    return `${where}: the bidder's weight is above 1, but no group stands in its place`;
  const { members } = group;
  if (members.length !== bidder.weight)
    return `${where}: it has ${members.length} members, the bidder's weight is ${bidder.weight}`;
  const seen = new Set<string>();
  for (const member of members) {
    if (seen.has(member)) return `${where}: member ${member} occurs twice`;
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
    return `group ${extra.ref}: no bidder of the book with a weight above 1 stands behind it`;
  return hashObjection(close.groupsHash, chain.groupsHash(groups), 'groups');
}

export function checkClose(transcript: Transcript): Objection {
  const { batch, close, head } = transcript;
  const computed = chain.closeHash(batch, head.hash, close.bookHash, close.groupsHash);
  return recordObjection(transcript, close, computed, 'close record');
}

function countyObjection({ batch, close, head, key, open, secrets }: Transcript): Objection {
  const { county } = secrets;
  if (!county) return undefined;
  const { secret, receivedAt, signature } = county;
  const where = 'secret of the county';
  if (open.countyCommitment === chain.noHash) return `${where}: the county had committed to none`;
  if (chain.commitment('county', batch, secret) !== open.countyCommitment)
    return `${where}: it is not the one committed to at the opening`;
  if (receivedAt < head.closedAt) return `${where}: it was received before the batch was closed`;
  const message = chain.secretMessage(batch, close.hash, secret, receivedAt);
  if (isSignedBy(key, message, signature)) return undefined;
  return `${where}: the receipt for it is not signed by the key`;
}

export function checkSecrets(transcript: Transcript): Objection {
  const { batch, open, secrets } = transcript;
  const county = countyObjection(transcript);
  if (county !== undefined) return county;
  if (chain.commitment('operator', batch, secrets.operator) === open.operatorCommitment)
    return undefined;
  return 'secret of the operator: it is not the one committed to at the opening';
}
