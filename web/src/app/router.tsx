import {
  createRootRoute, createRoute, createRouter, lazyRouteComponent,
} from '@tanstack/react-router';

import { Failed, Loading } from '@/components/ui/states';
import { Home } from '@/features/home/home';
import { readBidsSearch, readResultsSearch } from '@/features/batch/search';
import { readSearch } from '@/features/items/search';
import { part, PartMissing, reloadOnceReached } from '@/lib/parts';

import { Layout } from './layout';
import { NotFound } from './not_found';

/** Those parts of an address that are there, as texts. */
const texts = (search: Record<string, unknown>, names: string[]) =>
  Object.fromEntries(
    names.filter((name) => search[name] !== undefined).map((name) => [name, String(search[name])]),
  );

const root = createRootRoute({ component: Layout, notFoundComponent: NotFound });

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });
const county = createRoute({
  getParentRoute: () => root,
  path: '/counties/$county_id',
  component: lazyRouteComponent(part(() => import('@/features/county/county')), 'CountyPage'),
});
const sale = createRoute({
  getParentRoute: () => root,
  path: '/sales/$auction_id',
  component: lazyRouteComponent(part(() => import('@/features/sale/sale')), 'SalePage'),
});
const items = createRoute({
  getParentRoute: () => root,
  path: '/sales/$auction_id/items',
  validateSearch: readSearch,
  component: lazyRouteComponent(part(() => import('@/features/items/items')), 'ItemsPage'),
});
const item = createRoute({
  getParentRoute: () => root,
  path: '/sales/$auction_id/items/$adv_no',
  component: lazyRouteComponent(part(() => import('@/features/item/item')), 'ItemPage'),
});
const batch = createRoute({
  getParentRoute: () => root,
  path: '/batches/$batch_id',
  validateSearch: readResultsSearch,
  component: lazyRouteComponent(part(() => import('@/features/batch/batch')), 'BatchPage'),
});
const bids = createRoute({
  getParentRoute: () => root,
  path: '/batches/$batch_id/items/$adv_no',
  validateSearch: readBidsSearch,
  component: lazyRouteComponent(part(() => import('@/features/batch/bids')), 'BidsPage'),
});
const verify = createRoute({
  getParentRoute: () => root,
  path: '/verify',
  validateSearch: (search): { batch?: string | undefined } => texts(search, ['batch']),
  component: lazyRouteComponent(part(() => import('@/features/verify/verify')), 'VerifyPage'),
});
const howItWorks = createRoute({
  getParentRoute: () => root,
  path: '/how-it-works',
  component: lazyRouteComponent(part(() => import('@/features/guide/guide')), 'GuidePage'),
});
const calculator = createRoute({
  getParentRoute: () => root,
  path: '/calculator',
  validateSearch: (search): { face?: string | undefined; rate?: string | undefined; sold?: string | undefined } =>
    texts(search, ['face', 'rate', 'sold']),
  component: lazyRouteComponent(part(() => import('@/features/calculator/calculator')), 'CalculatorPage'),
});
const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  component: lazyRouteComponent(part(() => import('@/features/account/register')), 'RegisterPage'),
});
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(part(() => import('@/features/account/sign_in')), 'SignInPage'),
});
const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(part(() => import('@/features/account/forgot_password')), 'ForgotPasswordPage'),
});
const confirmAddress = createRoute({
  getParentRoute: () => root,
  path: '/confirm-address',
  component: lazyRouteComponent(part(() => import('@/features/account/mail_links')), 'ConfirmAddressPage'),
});
const confirmNewAddress = createRoute({
  getParentRoute: () => root,
  path: '/confirm-new-address',
  component: lazyRouteComponent(part(() => import('@/features/account/mail_links')), 'ConfirmNewAddressPage'),
});
const resetPassword = createRoute({
  getParentRoute: () => root,
  path: '/reset-password',
  component: lazyRouteComponent(part(() => import('@/features/account/mail_links')), 'ResetPasswordPage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    home, county, sale, items, item, batch, bids, verify, howItWorks, calculator, register, signIn,
    forgotPassword, confirmAddress, confirmNewAddress, resetPassword,
  ]),
  defaultPreload: 'intent',
  defaultPendingComponent: () => <Loading />,
  defaultErrorComponent: ({ error, reset }) => (
    <Failed error={error} retry={error instanceof PartMissing ? () => void reloadOnceReached() : reset} />
  ),
  // Every part of an address is a text, as people read and write it.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const said = Object.entries(search).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
    return said.length === 0 ? '' : `?${new URLSearchParams(said).toString()}`;
  },
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
