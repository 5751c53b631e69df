import { count, dash, money } from '@/lib/format';

/** What a chart shows: a number, or an amount in dollars as a decimal text. */
export type ChartValue = number | string;

export function shownValue(value: ChartValue | undefined): string {
  if (value === undefined) return dash;
  return typeof value === 'string' ? money(value) : count(value);
}
