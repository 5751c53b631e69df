import { faults, told } from '@/messages/verifier';

import { isHex, isUuid } from './bytes';
import type { JsonValue } from './json';

const centsLimit = 10n ** 14n;
const rateMax = 99_999;
const u32Max = 0xffff_ffff;
const i64Max = 2n ** 63n - 1n;
const decimalPattern = /^(?:0|-?[1-9][0-9]{0,18})$/;

/** Turns a JSON value into what it spells; undefined for every other spelling. */
export type Spelling<T> = (value: JsonValue) => T | undefined;

function decimal(value: JsonValue): bigint | undefined {
  if (typeof value !== 'string' || !decimalPattern.test(value)) return undefined;
  const number = BigInt(value);
  return number > i64Max || number < -i64Max - 1n ? undefined : number;
}

function integer(max: number): Spelling<number> {
  return (value) =>
    typeof value === 'number' && value >= 0 && value <= max ? value : undefined;
}

/** Lower-case hexadecimal of exactly so many bytes. */
export function bytesOf(size: number): Spelling<string> {
  return (value) => (typeof value === 'string' && isHex(value, size) ? value : undefined);
}

export function oneOf<T extends string>(choices: readonly T[]): Spelling<T> {
  return (value) => choices.find((choice) => choice === value);
}

export function orNull<T>(spelling: Spelling<T>): Spelling<T | null> {
  return (value) => (value === null ? null : spelling(value));
}

export const uuid: Spelling<string> = (value) =>
  typeof value === 'string' && isUuid(value) ? value : undefined;
/** Microseconds since 1970, as decimal text. */
export const instant: Spelling<bigint> = decimal;
/** Cents from 0 to below 10^14, as decimal text. */
export const money: Spelling<bigint> = (value) => {
  const cents = decimal(value);
  return cents === undefined || cents < 0n || cents >= centsLimit ? undefined : cents;
};
/** Basis points. */
export const rate = integer(rateMax);
export const u32 = integer(u32Max);
export const u53 = integer(Number.MAX_SAFE_INTEGER);
/** 0 or 1. */
export const flag: Spelling<boolean> = (value) =>
  value === 0 || value === 1 ? value === 1 : undefined;
export const hash = bytesOf(32);
export const signature = bytesOf(64);
export const pseudonym = bytesOf(16);

/** The first fault of a document, in words. */
export class DocumentFault extends Error {}

/**
 * Reads the members of one object or the entries of one row. The first that is not as it must be
 * throws a `DocumentFault` that names the place: `book.lots[3]: entry 1 is not written ...`.
 */
export class PublishedReader {
  readonly where: string;
  private readonly value: JsonValue;
  private members = 0;

  constructor(value: JsonValue, where: string) {
    this.value = value;
    this.where = where;
  }

  raw(name: string): JsonValue {
    const found = this.value instanceof Map ? this.value.get(name) : undefined;
    if (found === undefined) this.refuse(faults.noMember(name));
    ++this.members;
    return found;
  }

  member<T>(name: string, spelling: Spelling<T>): T {
    return this.spelt(this.raw(name), name, spelling);
  }

  /** A reader of the object that is the member `name`. */
  inside(name: string, where: string): PublishedReader {
    return new PublishedReader(this.raw(name), where);
  }

  noOthers(): void {
    if (this.value instanceof Map && this.value.size !== this.members)
      this.refuse(faults.otherMembers);
  }

  list(): JsonValue[] {
    return Array.isArray(this.value) ? this.value : this.refuse(faults.noList);
  }

  /** What `read` makes of each entry of the list. */
  each<T>(read: (entry: PublishedReader) => T): T[] {
    return this.list().map((item, i) => read(new PublishedReader(item, `${this.where}[${i}]`)));
  }

  /** A list of exactly these entries. */
  row<T extends unknown[]>(...spellings: { [K in keyof T]: Spelling<T[K]> }): T {
    const items = this.list();
    if (items.length !== spellings.length)
      this.refuse(faults.entries);
    return spellings.map((spelling, i) =>
      this.spelt(items[i] as JsonValue, faults.entry(i + 1), spelling),
    ) as T;
  }

  refuse(what: string): never {
    throw new DocumentFault(told(this.where, what));
  }

  private spelt<T>(value: JsonValue, name: string, spelling: Spelling<T>): T {
    const spelt = spelling(value);
    return spelt === undefined ? this.refuse(faults.spelling(name)) : spelt;
  }
}
