import type { router } from '@/app/router';
import { m } from '@/messages';

/** Every address of the router that is whole by itself. */
type PlainPath = Exclude<keyof typeof router.routesByPath, `${string}$${string}`>;

interface PageName {
  label: string;
  also?: string;
  /** Of no use to those who are signed in. */
  signedOut?: boolean;
}

/** A page that the router has and this table lacks is an error of types. Null: only a mail leads there. */
const names: Record<PlainPath, PageName | null> = {
  '/': { label: m.nav.sales, also: m.palette.words.home },
  '/how-it-works': { label: m.nav.howItWorks, also: m.palette.words.guide },
  '/calculator': { label: m.nav.calculator, also: m.palette.words.calculator },
  '/verify': { label: m.nav.verify, also: m.palette.words.verify },
  '/register': { label: m.nav.register, also: m.palette.words.register, signedOut: true },
  '/sign-in': { label: m.nav.signIn, also: m.palette.words.signIn, signedOut: true },
  '/forgot-password': { label: m.forgot.title, signedOut: true },
  '/confirm-address': null,
  '/confirm-new-address': null,
  '/reset-password': null,
};

export const plainPages = (signedIn: boolean) =>
  (Object.entries(names) as [PlainPath, PageName | null][]).flatMap(([path, name]) =>
    name && !(signedIn && name.signedOut) ? [{ path, ...name }] : [],
  );
