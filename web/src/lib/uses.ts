import { floridaUses } from '@/messages/uses';

/** The two digits of the state in a roll's code: the last of three, the first of two or four. */
const digitsOf = (code: string) => /^(?:0(\d\d)|(\d\d)(?:\d\d)?)$/.exec(code)?.slice(1).find((part) => part !== undefined);

/** A code of use and what the rolls of this state mean by it; the code alone if nobody knows. */
export function namedUse(state: string | undefined, code: string): string {
  const digits = state === 'FL' ? digitsOf(code) : undefined;
  const name = digits === undefined ? undefined : floridaUses[Number(digits)];
  return name === undefined ? code : `${code} ${name}`;
}
