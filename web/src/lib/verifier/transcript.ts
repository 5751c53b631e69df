import { faults, told } from '@/messages/verifier';

import { JsonFault, parseJsonStrict } from './json';
import * as published from './published';
import { DocumentFault, PublishedReader } from './published';
import { readRules, type AwardRules } from './rules';
import { canonicalTranscript } from './transcript_text';

/** The hash of a record and the operator's signature over it, both in hexadecimal. */
export interface SignedRecord {
  readonly hash: string;
  readonly signature: string;
}

/** What `O_0` fixes before the first bid. Times are microseconds since 1970 UTC. */
export interface Opening extends SignedRecord {
  readonly start: bigint;
  readonly end: bigint;
  readonly countyCommitment: string;
  readonly operatorCommitment: string;
  readonly rulesHash: string;
  readonly lotsHash: string;
}

export const changeKinds = {
  endMoved: 1,
  paused: 2,
  resumed: 3,
  lotWithdrawn: 4,
  canceled: 5,
} as const;

/** What happened to an open batch; `newEnd` is the end in force from then on. */
export interface Change extends SignedRecord {
  readonly kind: number;
  readonly at: bigint;
  readonly newEnd: bigint;
  readonly certificate: string | null;
  readonly reasonHash: string;
}

export interface Head extends SignedRecord {
  readonly leaves: number;
  readonly root: string;
  readonly closedAt: bigint;
}

/** One lot of the batch; `offered` is false when it was withdrawn before the close. */
export interface Lot {
  readonly advNo: number;
  readonly certificate: string;
  readonly face: bigint;
  readonly offered: boolean;
}

/** A bidder with at least one leaf, under its pseudonym; `budget` is in cents. */
export interface Bidder {
  readonly ref: string;
  readonly budget: bigint;
  readonly weight: number;
  readonly eligible: boolean;
}

/** The usable members of a bidding group, in their frozen order. */
export interface Group {
  readonly ref: string;
  readonly members: readonly string[];
}

export interface CountySecret {
  readonly secret: string;
  readonly receivedAt: bigint;
  readonly signature: string;
}

export const outcomes = ['awarded', 'struck', 'withdrawn'] as const;
export type Outcome = (typeof outcomes)[number];

/** What became of one lot; what does not apply is null. */
export interface ResultRow {
  readonly advNo: number;
  readonly certificate: string;
  readonly outcome: Outcome;
  readonly bidder: string | null;
  /** The winner's place in its group, from 0. */
  readonly member: number | null;
  readonly rate: number | null;
  /** Earlier voided awards of the certificate in the auction. */
  readonly round: number;
}

/** Everything that is published about a closed batch except its leaves. */
export interface Transcript {
  readonly auction: string;
  readonly batch: string;
  readonly key: string;
  readonly rules: AwardRules;
  readonly open: Opening;
  readonly changes: readonly Change[];
  readonly head: Head;
  readonly close: SignedRecord & { readonly bookHash: string; readonly groupsHash: string };
  readonly leaves: { readonly count: number; readonly sha256: string };
  readonly lots: readonly Lot[];
  readonly bidders: readonly Bidder[];
  readonly groups: readonly Group[];
  readonly secrets: {
    readonly operator: string;
    readonly blindKey: string;
    readonly county: CountySecret | null;
  };
  readonly results: readonly ResultRow[];
  readonly signature: string;
}

function readSigned(reader: PublishedReader): SignedRecord {
  return {
    hash: reader.member('hash', published.hash),
    signature: reader.member('signature', published.signature),
  };
}

function readOpening(file: PublishedReader): Opening {
  const open = file.inside('open', 'open');
  const terms = {
    start: open.member('start', published.instant),
    end: open.member('end', published.instant),
    countyCommitment: open.member('c_county', published.hash),
    operatorCommitment: open.member('c_operator', published.hash),
    rulesHash: open.member('rules_hash', published.hash),
    lotsHash: open.member('lots_hash', published.hash),
    ...readSigned(open),
  };
  open.noOthers();
  return terms;
}

function readChange(entry: PublishedReader): Change {
  const kind = entry.member('kind', published.u32);
  if (kind < 1 || kind > 5) entry.refuse(faults.unknownKind);
  const change = {
    kind,
    at: entry.member('at', published.instant),
    newEnd: entry.member('new_end', published.instant),
    certificate: entry.member('certificate_id', published.orNull(published.uuid)),
    reasonHash: entry.member('reason_hash', published.hash),
    ...readSigned(entry),
  };
  entry.noOthers();
  return change;
}

function readHead(file: PublishedReader): Head {
  const head = file.inside('head', 'head');
  const out = {
    leaves: head.member('n', published.u53),
    root: head.member('root', published.hash),
    closedAt: head.member('closed_at', published.instant),
    ...readSigned(head),
  };
  head.noOthers();
  return out;
}

function readClose(file: PublishedReader): Transcript['close'] {
  const close = file.inside('close', 'close');
  const out = {
    bookHash: close.member('book_hash', published.hash),
    groupsHash: close.member('groups_hash', published.hash),
    ...readSigned(close),
  };
  close.noOthers();
  return out;
}

function readLeaves(file: PublishedReader): Transcript['leaves'] {
  const leaves = file.inside('leaves', 'leaves');
  const out = {
    count: leaves.member('count', published.u53),
    sha256: leaves.member('sha256', published.hash),
  };
  leaves.noOthers();
  return out;
}

function readBook(file: PublishedReader): Pick<Transcript, 'lots' | 'bidders'> {
  const book = file.inside('book', 'book');
  const lots = book.inside('lots', 'book.lots').each((entry): Lot => {
    const [advNo, certificate, face, offered] = entry.row(
      published.u32,
      published.uuid,
      published.money,
      published.flag,
    );
    return { advNo, certificate, face, offered };
  });
  const bidders = book.inside('bidders', 'book.bidders').each((entry): Bidder => {
    const [ref, budget, weight, eligible] = entry.row(
      published.pseudonym,
      published.money,
      published.u32,
      published.flag,
    );
    return { ref, budget, weight, eligible };
  });
  book.noOthers();
  return { lots, bidders };
}

function readGroup(entry: PublishedReader): Group {
  const [first, second, ...more] = entry.list();
  const ref = first === undefined ? undefined : published.pseudonym(first);
  if (ref === undefined || !Array.isArray(second) || more.length > 0)
    return entry.refuse(faults.noGroupRow);
  const members = second.map(
    (member) => published.uuid(member) ?? entry.refuse(faults.noMemberId),
  );
  return { ref, members };
}

function readSecrets(file: PublishedReader): Transcript['secrets'] {
  const secrets = file.inside('secrets', 'secrets');
  const operator = secrets.member('operator', published.hash);
  const blindKey = secrets.member('k_blind', published.hash);
  let county: CountySecret | null = null;
  const value = secrets.raw('county');
  if (value !== null) {
    const reader = new PublishedReader(value, 'secrets.county');
    county = {
      secret: reader.member('s', published.hash),
      receivedAt: reader.member('received_at', published.instant),
      signature: reader.member('signature', published.signature),
    };
    reader.noOthers();
  }
  secrets.noOthers();
  return { operator, blindKey, county };
}

function readResult(entry: PublishedReader): ResultRow {
  const [advNo, certificate, outcome, bidder, member, rate, round] = entry.row(
    published.u32,
    published.uuid,
    published.oneOf(outcomes),
    published.orNull(published.pseudonym),
    published.orNull(published.u32),
    published.orNull(published.rate),
    published.u32,
  );
  return { advNo, certificate, outcome, bidder, member, rate, round };
}

/** A number or a pseudonym that occurs twice could be read in two ways. */
function refuseTwice<T>(entries: readonly T[], key: (entry: T) => unknown, where: string): void {
  for (let i = 1; i < entries.length; ++i)
    if (key(entries[i - 1] as T) === key(entries[i] as T))
      throw new DocumentFault(
        told(where, faults.entryTwice(i)),
      );
}

function readMembers(file: PublishedReader): Transcript {
  if (file.member('version', published.u32) !== 1) file.refuse(faults.otherVersion);
  const ids = {
    auction: file.member('auction_id', published.uuid),
    batch: file.member('batch_id', published.uuid),
    key: file.member('key', published.hash),
  };
  const transcript = {
    ...ids,
    rules: readTranscriptRules(file),
    open: readOpening(file),
    changes: file.inside('changes', 'changes').each(readChange),
    head: readHead(file),
    close: readClose(file),
    leaves: readLeaves(file),
    ...readBook(file),
    groups: file.inside('groups', 'groups').each(readGroup),
    secrets: readSecrets(file),
    results: file.inside('results', 'results').each(readResult),
    signature: file.member('signature', published.signature),
  };
  file.noOthers();
  refuseTwice(transcript.lots, (lot) => lot.advNo, 'book.lots');
  refuseTwice(transcript.bidders, (bidder) => bidder.ref, 'book.bidders');
  refuseTwice(transcript.groups, (group) => group.ref, 'groups');
  refuseTwice(transcript.results, (row) => row.advNo, 'results');
  return transcript;
}

function readTranscriptRules(file: PublishedReader): AwardRules {
  try {
    return readRules(file.raw('rules'));
  } catch (fault) {
    if (fault instanceof DocumentFault && fault.message.startsWith(told(faults.rules, '')))
      return file.refuse(fault.message);
    throw fault;
  }
}

function isText(bytes: Uint8Array, text: string): boolean {
  if (bytes.length !== text.length) return false;
  for (let i = 0; i < bytes.length; ++i) if (bytes[i] !== text.charCodeAt(i)) return false;
  return true;
}

/** The transcript, or in words why the file is none. What it says is not checked. */
export function readTranscript(bytes: Uint8Array): Transcript | string {
  try {
    const file = new PublishedReader(parseJsonStrict(bytes), faults.transcript);
    const transcript = readMembers(file);
    // Everything that the text could say in another way, it must say in this one.
    if (isText(bytes, canonicalTranscript(transcript, transcript.signature))) return transcript;
    return faults.notCanonical;
  } catch (fault) {
    if (fault instanceof JsonFault || fault instanceof DocumentFault) return fault.message;
    throw fault;
  }
}
