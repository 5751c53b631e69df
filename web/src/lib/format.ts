// Money and rates are decimal texts and stay so: digits are grouped, never computed with.

export const dash = '–';

export function money(text: string | null | undefined): string {
  if (text === null || text === undefined) return dash;
  const found = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!found) return text;
  const grouped = found[2]?.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${found[1]}$${grouped}.${(found[3] ?? '').padEnd(2, '0')}`;
}

export const rate = (text: string | null | undefined): string =>
  text === null || text === undefined ? dash : `${text}%`;

export const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? dash : value.toLocaleString('en-US');

export const plural = (value: number, one: string, many: string): string =>
  `${count(value)} ${value === 1 ? one : many}`;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  let found = formats.get(key);
  if (!found) {
    try {
      found = new Intl.DateTimeFormat('en-US', { ...options, timeZone: zone });
    } catch {
      // A zone that this browser does not know: UTC, and the text says so.
      found = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
    }
    formats.set(key, found);
  }
  return found;
}

const minutes: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
};

export const instant = (text: string, zone: string): string =>
  format(zone, minutes).format(new Date(text));

export const clockTime = (now: number, zone: string): string =>
  format(zone, { hour: 'numeric', minute: '2-digit', second: '2-digit', timeZoneName: 'short' }).format(now);

export const day = (text: string, zone: string): string =>
  format(zone, { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }).format(new Date(text));

export const month = (text: string, zone: string): string =>
  format(zone, { year: 'numeric', month: 'long' }).format(new Date(text));

export const shortMonth = (text: string, zone: string): string =>
  format(zone, { year: 'numeric', month: 'short' }).format(new Date(text));

/** A date without a time of day, as the roll has it. */
export const date = (text: string | null | undefined): string =>
  text ? format('UTC', { year: 'numeric', month: 'short', day: 'numeric' }).format(new Date(text)) : dash;

/** The day of an instant as `2026-05-27`, in the browser's zone unless another is named. */
export const localDay = (at: number, zone?: string): string =>
  new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', ...(zone === undefined ? {} : { timeZone: zone }) }).format(at);

const two = (value: number) => String(value).padStart(2, '0');

export function duration(milliseconds: number): string {
  const all = Math.max(0, Math.ceil(milliseconds / 1000));
  const days = Math.floor(all / 86_400);
  const hours = Math.floor(all / 3600) % 24;
  const rest = `${two(Math.floor(all / 60) % 60)} min ${two(all % 60)} s`;
  if (days > 0) return `${plural(days, 'day', 'days')} ${hours} h`;
  if (hours > 0) return `${hours} h ${rest}`;
  return all >= 60 ? rest.replace(/^0/, '') : `${all} s`;
}
