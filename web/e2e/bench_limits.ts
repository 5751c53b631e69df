let missed = 0;

/** Prints a figure beside its limit, the most that it may be or, with `least`, the least. */
export function check(what: string, figure: number, limit: number, unit: string, least = false): void {
  const kept = least ? figure >= limit : figure <= limit;
  if (!kept) ++missed;
  const sign = least ? '>=' : '<=';
  process.stdout.write(`${kept ? 'ok  ' : 'MISS'} ${what}: ${Math.round(figure)} ${unit} (${sign} ${limit})\n`);
}

export const failures = (): number => missed;
