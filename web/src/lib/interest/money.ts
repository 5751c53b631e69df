/**
 * An exact amount in cents. Amounts are never numbers: a product of an amount, a rate and months
 * is beyond what a number holds exactly.
 */
export type Cents = bigint;

const moneyPattern = /^(-?)([0-9]{1,12})(?:\.([0-9]{1,2}))?$/;
const ratePattern = /^([0-9]{1,3})(?:\.([0-9]{1,2}))?$/;

/** Reads `1234.56`, `1234.5` or `1234`; undefined for anything else. */
export function parseMoney(text: string): Cents | undefined {
  const match = moneyPattern.exec(text);
  if (!match) return undefined;
  const cents = BigInt(match[2] + (match[3] ?? '').padEnd(2, '0'));
  return match[1] === '-' ? -cents : cents;
}

/** Two decimals, no separators: `-1234.50`. */
export function formatMoney(cents: Cents): string {
  const magnitude = cents < 0n ? -cents : cents;
  const hundredths = String(magnitude % 100n).padStart(2, '0');
  return `${cents < 0n ? '-' : ''}${magnitude / 100n}.${hundredths}`;
}

/** Basis points of a percentage of at most two decimals, `7.75`; undefined for anything else. */
export function parseRate(text: string): number | undefined {
  const match = ratePattern.exec(text);
  return match ? Number(match[1] + (match[2] ?? '').padEnd(2, '0')) : undefined;
}

/** `value x numerator / denominator`, rounded half up once; the denominator is above 0. */
export function multiplyDivideHalfUp(value: Cents, numerator: bigint, denominator: bigint): Cents {
  const doubled = 2n * value * numerator + denominator;
  const divisor = 2n * denominator;
  const quotient = doubled / divisor;
  // Division cuts towards zero; half up is a floor.
  return doubled < 0n && doubled % divisor !== 0n ? quotient - 1n : quotient;
}
