/** A day of the calendar. */
export interface CalendarDate {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

const datePattern = /^([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?$/;
const millisecondsOfDay = 86_400_000;

/**
 * Reads `2026-05-27`, or `2026-05` as the first of that month; undefined for anything else and for
 * days that the calendar does not have.
 */
export function parseDate(text: string): CalendarDate | undefined {
  const match = datePattern.exec(text);
  if (!match) return undefined;
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3] ?? '1') };
  const { month, day } = date;
  if (month < 1 || month > 12 || day < 1) return undefined;
  return asDate(date).getUTCDate() === day ? date : undefined;
}

export function monthsBetween(from: CalendarDate, to: CalendarDate): number {
  return (to.year - from.year) * 12 + to.month - from.month;
}

export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return (asDate(to).getTime() - asDate(from).getTime()) / millisecondsOfDay;
}

function asDate({ year, month, day }: CalendarDate): Date {
  const date = new Date(0);
  // The constructor takes the years 0 to 99 for those of the last century.
  date.setUTCFullYear(year, month - 1, day);
  return date;
}
