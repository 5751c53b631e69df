import { daysBetween, monthsBetween, type CalendarDate } from './dates';
import { multiplyDivideHalfUp, type Cents } from './money';

/**
 * How time counts. Monthly: a new month counts in full on its first day; the month of the sale
 * counts (inclusive) or does not (exclusive). Daily: actual days over 365, at least one.
 */
export type Accrual = 'monthly_inclusive' | 'monthly_exclusive' | 'daily_365';

/** What a redemption costs besides the face. Rates are basis points: 18.00 % is 1800. */
export interface RedemptionRules {
  readonly accrual: Accrual;
  /** Of the face; a floor under the interest. */
  readonly minimumPercent: number;
  readonly minimumAtZeroRate: boolean;
  readonly fee: Cents;
}

/** Florida's (F.S. 197.472): the months of sale and redemption both count, 5 %, 6.25. */
export const floridaRules: RedemptionRules = {
  accrual: 'monthly_inclusive',
  minimumPercent: 500,
  minimumAtZeroRate: false,
  fee: 625n,
};

/** What the owner owes and the holder gets. */
export interface RedemptionQuote {
  /** Months, or days under `daily_365`. */
  readonly periods: number;
  readonly accrued: Cents;
  readonly minimum: Cents;
  /** The larger of the two. */
  readonly interest: Cents;
  readonly fee: Cents;
  readonly holderReceives: Cents;
  readonly ownerPays: Cents;
}

const wholeBasisPoints = 10_000n; // 100 %.

/** Months or days as `accrual` counts them; undefined for a redemption before the sale. */
export function periodsCounted(
  accrual: Accrual,
  sold: CalendarDate,
  redeemed: CalendarDate,
): number | undefined {
  const isDaily = accrual === 'daily_365';
  const passed = isDaily ? daysBetween(sold, redeemed) : monthsBetween(sold, redeemed);
  if (passed < 0) return undefined;
  if (isDaily) return Math.max(passed, 1);
  return accrual === 'monthly_inclusive' ? passed + 1 : passed;
}

/** `amount x rate x periods / (12 months or 365 days)`, rounded half up once. */
export function simpleInterest(
  amount: Cents,
  rate: number,
  periods: number,
  accrual: Accrual,
): Cents {
  const year = accrual === 'daily_365' ? 365n : 12n;
  return multiplyDivideHalfUp(amount, BigInt(rate) * BigInt(periods), year * wholeBasisPoints);
}

/** What a certificate of this face and rate (basis points) costs to redeem after so long. */
export function quoteRedemption(
  rules: RedemptionRules,
  face: Cents,
  rate: number,
  periods: number,
): RedemptionQuote {
  const accrued = simpleInterest(face, rate, periods, rules.accrual);
  const hasMinimum = rate !== 0 || rules.minimumAtZeroRate;
  const percent = BigInt(rules.minimumPercent);
  const minimum = hasMinimum ? multiplyDivideHalfUp(face, percent, wholeBasisPoints) : 0n;
  const interest = accrued > minimum ? accrued : minimum;
  const holderReceives = face + interest;
  const { fee } = rules;
  return {
    periods,
    accrued,
    minimum,
    interest,
    fee,
    holderReceives,
    ownerPays: holderReceives + fee,
  };
}

/**
 * What the holder earns in a year on the price paid, which is the face, in basis points rounded
 * half up; undefined when no month or day has counted or nothing was paid.
 */
export function yearlyReturn(
  quote: RedemptionQuote,
  face: Cents,
  accrual: Accrual,
): bigint | undefined {
  if (quote.periods === 0 || face <= 0n) return undefined;
  const year = accrual === 'daily_365' ? 365n : 12n;
  const divisor = face * BigInt(quote.periods);
  return multiplyDivideHalfUp(quote.interest, year * wholeBasisPoints, divisor);
}
