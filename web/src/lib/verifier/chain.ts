import { ByteWriter, toHex } from './bytes';
import { HmacSha256, sha256 } from './sha256';
import type { Bidder, Change, Group, Lot, Transcript } from './transcript';

// The records of a batch, each bound to the one before by its hash. Every function is a formula of
// the published design; hashes, keys and secrets are hexadecimal.

/** What stands for the county's commitment, and for its secret, when there is none. */
export const noHash = '00'.repeat(32);
export const noUuid = '00000000-0000-0000-0000-000000000000';

const hashOf = (message: ByteWriter): string => toHex(sha256(message.view()));
const messageOf = (label: string): ByteWriter => new ByteWriter().label(label);

export function commitment(role: 'county' | 'operator', batch: string, secret: string): string {
  return hashOf(messageOf('strikeoff/commit/v1').label(role).hex(batch).hex(secret));
}

/** `O_0` */
export function openingHash({ auction, batch, key, open }: Transcript): string {
  const message = messageOf('strikeoff/open/v1').hex(batch).hex(auction);
  message.i64(open.start).i64(open.end).hex(open.countyCommitment).hex(open.operatorCommitment);
  return hashOf(message.hex(open.rulesHash).hex(open.lotsHash).hex(key));
}

/** `O_k`; the first change has the number 1. */
export function changeHash(
  batch: string,
  number: number,
  previous: string,
  change: Omit<Change, 'hash' | 'signature'>,
): string {
  const message = messageOf('strikeoff/change/v1').hex(batch).u32(number).hex(previous);
  message.u8(change.kind).i64(change.at).i64(change.newEnd);
  return hashOf(message.hex(change.certificate ?? noUuid).hex(change.reasonHash));
}

/** `H`; `opening` is the latest of the `O`. */
export function headHash(
  batch: string,
  opening: string,
  head: Pick<Transcript['head'], 'leaves' | 'root' | 'closedAt'>,
): string {
  const message = messageOf('strikeoff/head/v1').hex(batch).hex(opening);
  return hashOf(message.i64(BigInt(head.leaves)).hex(head.root).i64(head.closedAt));
}

/** `Z` */
export function closeHash(batch: string, head: string, book: string, groups: string): string {
  return hashOf(messageOf('strikeoff/close/v1').hex(batch).hex(head).hex(book).hex(groups));
}

/** For `O_0`: without `offered`. The lots ascend by advertised number. */
export function lotsHash(lots: readonly Lot[]): string {
  const message = messageOf('strikeoff/lots/v1').u32(lots.length);
  for (const lot of lots) message.u32(lot.advNo).hex(lot.certificate).i64(lot.face);
  return hashOf(message);
}

export function bookHash(lots: readonly Lot[], bidders: readonly Bidder[]): string {
  const message = messageOf('strikeoff/book/v1').u32(lots.length);
  for (const lot of lots)
    message.u32(lot.advNo).hex(lot.certificate).i64(lot.face).u8(lot.offered ? 1 : 0);
  message.u32(bidders.length);
  for (const bidder of bidders)
    message.hex(bidder.ref).i64(bidder.budget).u32(bidder.weight).u8(bidder.eligible ? 1 : 0);
  return hashOf(message);
}

export function groupsHash(groups: readonly Group[]): string {
  const message = messageOf('strikeoff/groups/v1').u32(groups.length);
  for (const group of groups) {
    message.hex(group.ref).u32(group.members.length);
    for (const member of group.members) message.hex(member);
  }
  return hashOf(message);
}

/** What is signed for `O_k`, `H` and `Z`. */
export function chainMessage(record: string): Uint8Array {
  return messageOf('strikeoff/chain/v1').hex(record).view();
}

/** What is signed for a tree of receipts. */
export function receiptMessage(
  batch: string,
  opening: string,
  size: number,
  root: Uint8Array,
): Uint8Array {
  const message = messageOf('strikeoff/receipt/v1').hex(batch).hex(opening);
  return message.i64(BigInt(size)).bytes(root).view();
}

/** What the county gets signed for its secret; `close` is `Z`. */
export function secretMessage(
  batch: string,
  close: string,
  secret: string,
  receivedAt: bigint,
): Uint8Array {
  return messageOf('strikeoff/secret/v1').hex(batch).hex(close).hex(secret).i64(receivedAt).view();
}

/** `fileHash` is that of the transcript without its member `signature`. */
export function transcriptMessage(fileHash: Uint8Array): Uint8Array {
  return messageOf('strikeoff/transcript/v1').bytes(fileHash).view();
}

/** `PRK`: the key of every draw of the batch, from its secrets and its close record. */
export function drawKey({ batch, close, secrets }: Transcript): Uint8Array {
  const seed = messageOf('strikeoff/seed/v1').label('county');
  seed.hex(secrets.county?.secret ?? noHash).label('operator').hex(secrets.operator);
  const message = messageOf('strikeoff/batch/v1').hex(batch).hex(close.hash);
  return new HmacSha256(sha256(seed.view())).of(message.view());
}
