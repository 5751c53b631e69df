// What a redemption pays, in whole cents and basis points. The rules are those of the service's
// quotes: simple interest by the month, a month begun counts, half a cent is rounded up once.

const wholeBp = 10_000n;
const minimumBp = 500n; // F.S. 197.472: 5 percent of the face, unless the rate is 0.

/** `1234.56` in cents; null when it is no such amount. */
export function centsOf(text: string): bigint | null {
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text.trim());
  return found ? BigInt(found[1] + (found[2] ?? '').padEnd(2, '0')) : null;
}

/** Decimal text of hundredths: cents as dollars, basis points as percent. */
export function decimalOf(hundredths: bigint): string {
  const digits = hundredths.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const halfUp = (value: bigint, numerator: bigint, denominator: bigint) =>
  (2n * value * numerator + denominator) / (2n * denominator);

const larger = (a: bigint, b: bigint) => (a > b ? a : b);

export interface Return {
  accrued: bigint;
  minimum: bigint;
  interest: bigint;
  receives: bigint;
  yearlyBp: bigint;
}

export function returnOf(face: bigint, rateBp: bigint, months: number): Return {
  const accrued = halfUp(face, rateBp * BigInt(months), wholeBp * 12n);
  const minimum = rateBp === 0n ? 0n : halfUp(face, minimumBp, wholeBp);
  const interest = larger(accrued, minimum);
  return {
    accrued,
    minimum,
    interest,
    receives: face + interest,
    yearlyBp: face === 0n ? 0n : halfUp(interest, wholeBp * 12n, face * BigInt(months)),
  };
}
