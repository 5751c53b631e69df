// @vitest-environment node
import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { formatMoney, parseDate, parseMoney, parseRate } from '.';
import { floridaRules, periodsCounted, quoteRedemption, simpleInterest, yearlyReturn } from '.';
import type { Accrual, CalendarDate, Cents } from '.';
import { multiplyDivideHalfUp } from './money';

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not readable');
  return value;
}
const dollars = (text: string): Cents => known(parseMoney(text));
const date = (text: string): CalendarDate => known(parseDate(text));
const periods = (accrual: Accrual, sold: string, redeemed: string): number | undefined =>
  periodsCounted(accrual, date(sold), date(redeemed));

describe('a redemption', () => {
  it('costs what the worked examples say', () => {
    const file = new URL('../../../../tests/data/examples/redemption.csv', import.meta.url);
    const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
    expect(header).toBe(
      'face,rate,sold,redeemed,months,accrued,minimum,interest,fee,holder_receives,owner_pays',
    );
    expect(lines).toHaveLength(11);
    for (const line of lines) {
      const [face = '', rate = '', sold = '', redeemed = ''] = line.split(',');
      const months = known(periods('monthly_inclusive', sold, redeemed));
      const quote = quoteRedemption(floridaRules, dollars(face), known(parseRate(rate)), months);
      const { accrued, minimum, interest, fee, holderReceives, ownerPays } = quote;
      const amounts = [accrued, minimum, interest, fee, holderReceives, ownerPays];
      const said = [face, rate, sold, redeemed, quote.periods, ...amounts.map(formatMoney)];
      expect(said.join(',')).toBe(line);
    }
  });

  it('counts both months, and any day of them will do', () => {
    const months = (sold: string, redeemed: string): number | undefined =>
      periods('monthly_inclusive', sold, redeemed);
    expect(months('2024-06-01', '2024-06-30')).toBe(1);
    expect(months('2024-06-30', '2024-07-01'), 'a new month counts on its first day').toBe(2);
    expect(months('2024-06-01', '2024-07-31')).toBe(2);
    expect(months('2024-12-31', '2025-01-01')).toBe(2);
    expect(months('2024-06-30', '2024-06-01'), 'one and the same month').toBe(1);
  });

  it('leaves out the first month when the county says so', () => {
    expect(periods('monthly_exclusive', '2024-06', '2024-06')).toBe(0);
    expect(periods('monthly_exclusive', '2024-06', '2025-06')).toBe(12);
  });

  it('counts days over 365, one at least', () => {
    const days = (sold: string, redeemed: string): number | undefined =>
      periods('daily_365', sold, redeemed);
    expect(days('2024-06-01', '2024-06-01')).toBe(1);
    expect(days('2024-06-01', '2024-06-02')).toBe(1);
    expect(days('2024-02-28', '2024-03-01'), 'a leap day').toBe(2);
    expect(days('2024-01-01', '2025-01-01')).toBe(366);
    expect(simpleInterest(dollars('1000.00'), 1800, 73, 'daily_365')).toBe(dollars('36.00'));
    expect(simpleInterest(dollars('1000.00'), 1800, 1, 'daily_365')).toBe(dollars('0.49'));
  });

  it('is not possible before the sale', () => {
    expect(periods('monthly_inclusive', '2024-06', '2024-05')).toBeUndefined();
    expect(periods('monthly_exclusive', '2024-06', '2024-05')).toBeUndefined();
    expect(periods('daily_365', '2024-06-02', '2024-06-01')).toBeUndefined();
  });

  it('rounds half a cent up and less down', () => {
    expect(simpleInterest(100n, 600, 1, 'monthly_inclusive')).toBe(1n);
    expect(simpleInterest(99n, 600, 1, 'monthly_inclusive')).toBe(0n);
    expect(quoteRedemption(floridaRules, 10n, 25, 1).minimum).toBe(1n);
    expect(quoteRedemption(floridaRules, 9n, 25, 1).minimum).toBe(0n);
    expect(multiplyDivideHalfUp(-3n, 1n, 2n)).toBe(-1n);
    expect(multiplyDivideHalfUp(-4n, 1n, 3n)).toBe(-1n);
    expect(multiplyDivideHalfUp(-5n, 1n, 3n)).toBe(-2n);
  });

  it('charges the minimum at zero percent only where the county says so', () => {
    const face = dollars('1000.00');
    expect(quoteRedemption(floridaRules, face, 0, 22).interest).toBe(0n);
    const rules = { ...floridaRules, minimumAtZeroRate: true };
    expect(quoteRedemption(rules, face, 0, 22).interest).toBe(dollars('50.00'));
  });

  it('takes minimum and fee from the settings', () => {
    const rules = { ...floridaRules, minimumPercent: 1250, fee: 1000n };
    expect(quoteRedemption(rules, dollars('200.00'), 100, 1)).toMatchObject({
      interest: dollars('25.00'),
      holderReceives: dollars('225.00'),
      ownerPays: dollars('235.00'),
    });
  });

  it('is exact for the largest amounts', () => {
    const largest = dollars('999999999999.99');
    expect(simpleInterest(largest, 1800, 84, 'monthly_inclusive')).toBe(125_999_999_999_999n);
  });
});

describe('the yearly return', () => {
  it('is the rate once the minimum no longer counts, and more before', () => {
    const face = dollars('1000.00');
    const after = (months: number, rate: number): bigint | undefined =>
      yearlyReturn(quoteRedemption(floridaRules, face, rate, months), face, 'monthly_inclusive');
    expect(after(12, 1800)).toBe(1800n);
    expect(after(1, 1800)).toBe(6000n);
    expect(after(2, 25)).toBe(3000n);
    expect(after(22, 0)).toBe(0n);
    expect(after(0, 1800)).toBeUndefined();
  });
});

describe('amounts, rates and dates', () => {
  it('are read in their one spelling', () => {
    expect(formatMoney(dollars('-1234.5'))).toBe('-1234.50');
    expect(formatMoney(dollars('7'))).toBe('7.00');
    expect(formatMoney(-5n)).toBe('-0.05');
    for (const text of ['', '.5', '1.', '1.234', '1,000', '+1', '1e3', '1234567890123', ' 1'])
      expect(parseMoney(text), text).toBeUndefined();
    expect(parseRate('7.75')).toBe(775);
    expect(parseRate('18')).toBe(1800);
    for (const text of ['', '-1', '1000', '7.755', '7.', '.25'])
      expect(parseRate(text), text).toBeUndefined();
    expect(parseDate('2024-02-29')).toEqual({ year: 2024, month: 2, day: 29 });
    for (const text of ['2023-02-29', '2024-13', '2024-00', '2024-06-00', '24-06', '2024-06-31'])
      expect(parseDate(text), text).toBeUndefined();
  });
});
