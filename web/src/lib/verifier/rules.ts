import { faults, told } from '@/messages/verifier';

import type { JsonValue } from './json';
import { DocumentFault } from './published';

/** What decides an award besides the bids; rates are basis points. */
export interface AwardRules {
  readonly format: 'proxy' | 'sealed' | 'open';
  readonly rateStart: number;
  readonly rateStep: number;
  /** The lowest rate above zero. */
  readonly rateFloor: number;
  readonly zeroBids: 'allowed' | 'refused';
  readonly blockedBidsSetPrice: boolean;
  readonly groupPrice: 'as_one' | 'as_many';
  readonly tieWeight: 'per_bidder' | 'per_group';
  readonly tie: 'random' | 'first_received';
  /** Of the open format; null is a hard close. */
  readonly extensionMinutes: number | null;
  /** Of an item of the open format. */
  readonly extensionsMax: number;
}

/** Florida's rules (F.S. 197.432(5)), which stand for every key that is left out. */
export const defaultRules: AwardRules = {
  format: 'proxy',
  rateStart: 1800,
  rateStep: 25,
  rateFloor: 25,
  zeroBids: 'allowed',
  blockedBidsSetPrice: false,
  groupPrice: 'as_one',
  tieWeight: 'per_bidder',
  tie: 'random',
  extensionMinutes: null,
  extensionsMax: 10,
};

/** A leaf's rate has to fit where the service keeps it. */
const rateStartMax = 65_535;
const countMax = 1_000_000;
const ratePattern = /^([0-9]{1,3})(?:\.([0-9]{1,2}))?$/;

type Mutable = { -readonly [K in keyof AwardRules]: AwardRules[K] };

function refuse(key: string, message: string): never {
  throw new DocumentFault(told(faults.rules, told(key, message)));
}

function readRate(key: string, value: JsonValue): number {
  const match = typeof value === 'string' ? ratePattern.exec(value) : null;
  if (!match) return refuse(key, faults.mustBeRate);
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

function readCount(key: string, value: JsonValue): number {
  const isCount = typeof value === 'number' && value >= 1 && value <= countMax;
  return isCount ? value : refuse(key, faults.mustBeCount);
}

function readFlag(key: string, value: JsonValue): boolean {
  return typeof value === 'boolean' ? value : refuse(key, faults.mustBeFlag);
}

function readChoice<T extends string>(key: string, value: JsonValue, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value);
  return found ?? refuse(key, faults.mustBeOneOf(choices));
}

const readers: Readonly<Record<string, (out: Mutable, key: string, value: JsonValue) => void>> = {
  format: (out, key, value) => (out.format = readChoice(key, value, ['proxy', 'sealed', 'open'])),
  rate_start: (out, key, value) => (out.rateStart = readRate(key, value)),
  rate_step: (out, key, value) => (out.rateStep = readRate(key, value)),
  rate_floor: (out, key, value) => (out.rateFloor = readRate(key, value)),
  zero_bids: (out, key, value) => (out.zeroBids = readChoice(key, value, ['allowed', 'refused'])),
  blocked_bids_set_price: (out, key, value) => (out.blockedBidsSetPrice = readFlag(key, value)),
  group_price: (out, key, value) =>
    (out.groupPrice = readChoice(key, value, ['as_one', 'as_many'])),
  tie_weight: (out, key, value) =>
    (out.tieWeight = readChoice(key, value, ['per_bidder', 'per_group'])),
  tie: (out, key, value) => (out.tie = readChoice(key, value, ['random', 'first_received'])),
};

/** What the rules of the open format have besides. */
const openReaders: typeof readers = {
  ...readers,
  extension_minutes: (out, key, value) =>
    (out.extensionMinutes = value === null ? null : readCount(key, value)),
  extensions_max: (out, key, value) => (out.extensionsMax = readCount(key, value)),
};

/** Reads rules, every key optional; throws a `DocumentFault` for anything else. */
export function readRules(value: JsonValue): AwardRules {
  if (!(value instanceof Map)) throw new DocumentFault(told(faults.rules, faults.mustBeObject));
  const rules: Mutable = { ...defaultRules };
  const isOpen = value.get('format') === 'open';
  if (isOpen) rules.tie = 'first_received';
  const known = isOpen ? openReaders : readers;
  const entries = [...value].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [key, entry] of entries) {
    const reader = Object.hasOwn(known, key) ? known[key] : undefined;
    if (!reader) return refuse(key, faults.unknownKey);
    reader(rules, key, entry);
  }
  if (isOpen && rules.tie !== 'first_received') refuse('tie', faults.tieOfOpen);
  if (rules.rateStep === 0) refuse('rate_step', faults.mustBePositive);
  if (rules.rateFloor > rules.rateStart) refuse('rate_floor', faults.floorAboveStart);
  if (rules.rateStart > rateStartMax)
    refuse('rate_start', faults.mustNotExceed(formatRate(rateStartMax)));
  return rules;
}

/** RFC 8785 canonical JSON with every key written out: the bytes that the opening commits to. */
export function canonicalRules(rules: AwardRules): string {
  const ofOpen = { extension_minutes: rules.extensionMinutes, extensions_max: rules.extensionsMax };
  const members = {
    blocked_bids_set_price: rules.blockedBidsSetPrice,
    ...(rules.format === 'open' ? ofOpen : {}),
    format: rules.format,
    group_price: rules.groupPrice,
    rate_floor: formatRate(rules.rateFloor),
    rate_start: formatRate(rules.rateStart),
    rate_step: formatRate(rules.rateStep),
    tie: rules.tie,
    tie_weight: rules.tieWeight,
    zero_bids: rules.zeroBids,
  };
  return JSON.stringify(members);
}

/** A rate a bid may carry: 0.00 if allowed, or start - k x step within [floor, start]. */
export function isLegalRate(rules: AwardRules, rate: number): boolean {
  if (rate === 0) return rules.zeroBids === 'allowed';
  const inRange = rate >= rules.rateFloor && rate <= rules.rateStart;
  return inRange && (rules.rateStart - rate) % rules.rateStep === 0;
}

/** Two decimals: `7.75`. */
export function formatRate(basisPoints: number): string {
  const cents = String(basisPoints % 100).padStart(2, '0');
  return `${Math.floor(basisPoints / 100)}.${cents}`;
}
