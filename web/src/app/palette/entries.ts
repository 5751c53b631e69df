import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';

import type { CommandProps } from '@/app/commands';
import { useSignOut } from '@/app/sign_out';
import { useDone } from '@/components/ui/toast';
import { money } from '@/lib/format';
import { accountQuery, auctionsQuery, countiesQuery } from '@/lib/queries';
import { shortcuts } from '@/lib/shortcuts';
import { m } from '@/messages';

import type { Entry, EntryGroup } from './arrange';
import type { InView } from './in_view';
import { itemsMax, type ItemSearch } from './item_search';
import { plainPages } from './pages';

type Go = ReturnType<typeof useRouter>['navigate'];

/** Goes there, and puts the focus on the heading that it finds. */
function useGo(): Go {
  const router = useRouter();
  return async (to) => {
    await router.navigate(to);
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  };
}

function ofSale({ sale, batches }: InView, go: Go): EntryGroup[] {
  if (!sale) return [];
  const params = { auction_id: sale.id };
  const { words } = m.palette;
  return [{
    id: 'here',
    heading: m.palette.here(sale.name),
    entries: [
      { id: 'items', label: m.items.title, also: words.list, run: () => void go({ to: '/sales/$auction_id/items', params }) },
      { id: 'sale', label: m.palette.overview, also: words.overview, run: () => void go({ to: '/sales/$auction_id', params }) },
      ...batches.flatMap((batch): Entry[] => {
        const closed = batch.status === 'closed';
        const results = {
          id: `results-${batch.id}`, label: closed ? m.palette.results(batch.number) : m.batch.title(batch.number), also: words.results, hint: m.words.batch[batch.status] ?? batch.status,
          run: () => void go({ to: '/batches/$batch_id', params: { batch_id: batch.id } }),
        };
        const check = {
          id: `check-${batch.id}`, label: m.palette.check(batch.number), also: words.check,
          run: () => void go({ to: '/verify', search: { batch: batch.id } }),
        };
        return closed ? [results, check] : [results];
      }),
      { id: 'map', label: m.palette.map, also: words.map, run: () => void go({ to: '/sales/$auction_id/items', params, search: { view: 'map' } }) },
    ],
  }];
}

interface Entries {
  groups: EntryGroup[];
  loading: boolean;
  failed: boolean;
  retry: () => void;
}

/** What there is to choose from, whatever is typed. */
export function useEntries(inView: InView, { open }: Pick<CommandProps, 'open'>): Entries {
  const go = useGo();
  const say = useDone();
  const account = useQuery(accountQuery);
  const sales = useQuery(auctionsQuery);
  const counties = useQuery(countiesQuery);
  const signOut = useSignOut(() => say({ text: m.palette.signedOut }), () => say({ text: m.nav.signOutAgain }));
  const signedIn = Boolean(account.data);
  const groups: EntryGroup[] = [
    ...ofSale(inView, go),
    {
      id: 'pages', heading: m.palette.pages,
      entries: plainPages(signedIn).map(({ path, ...name }) => ({ id: path, ...name, run: () => void go({ to: path }) })),
    },
    {
      id: 'sales', heading: m.palette.sales,
      entries: (sales.data ?? []).map((sale) => ({
        id: sale.id, label: m.palette.saleOf(sale.county_name, sale.name), hint: m.words.sale[sale.status] ?? sale.status,
        run: () => void go({ to: '/sales/$auction_id', params: { auction_id: sale.id } }),
      })),
    },
    {
      id: 'counties', heading: m.palette.counties,
      entries: (counties.data ?? []).map(({ id, name, state }) => ({
        id, label: name, hint: state, run: () => void go({ to: '/counties/$county_id', params: { county_id: id } }),
      })),
    },
    {
      id: 'commands', heading: m.palette.commands,
      entries: [
        { id: 'sheet', label: m.shortcuts.title, also: m.palette.words.shortcuts, chord: shortcuts.everywhere.sheet, run: () => open('sheet') },
        ...(signedIn ? [{ id: 'out', label: m.nav.signOut, also: m.palette.words.signOut, run: () => signOut.mutate() }] : []),
        { id: 'api', label: m.site.apiDescription, run: () => location.assign('/api/v1/openapi.json') },
        { id: 'key', label: m.site.publicKey, run: () => location.assign('/.well-known/strikeoff-keys.json') },
      ],
    },
  ];
  const retry = () => {
    for (const query of [sales, counties]) if (query.isError) void query.refetch();
  };
  return { groups, loading: sales.isPending || counties.isPending, failed: sales.isError || counties.isError, retry };
}

/** The certificates that were found; the service has chosen them. */
export function useItemEntries({ sale }: InView, { items, typed }: ItemSearch): EntryGroup[] {
  const go = useGo();
  if (!sale || items.length === 0) return [];
  const params = { auction_id: sale.id };
  const entries: Entry[] = items.map((item) => ({
    id: `item-${item.adv_no}`, label: m.palette.item(item.adv_no, item.parcel_id), hint: item.owner_name ?? money(item.face),
    run: () => void go({ to: '/sales/$auction_id/items/$adv_no', params: { ...params, adv_no: String(item.adv_no) } }),
  }));
  if (items.length === itemsMax)
    entries.push({ id: 'all-items', label: m.palette.allItems(typed), run: () => void go({ to: '/sales/$auction_id/items', params, search: { q: typed } }) });
  return [{ id: 'found', heading: m.palette.items, entries }];
}
