import { count, dash, money } from '@/lib/format';

/** What a chart shows: a number, an amount in dollars as a decimal text, or that there is none. */
export type ChartValue = number | string | null;

export function shownValue(value: ChartValue | undefined): string {
  if (value === undefined || value === null) return dash;
  return typeof value === 'string' ? money(value) : count(value);
}
