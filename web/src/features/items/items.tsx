import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo } from 'react';

import { DataGrid } from '@/components/data-grid/data_grid';
import { Page } from '@/components/ui/page';
import { Empty, Failed, Loading, Shown } from '@/components/ui/states';
import { money } from '@/lib/format';
import { useLive } from '@/lib/live';
import { type Auction, auctionQuery, countyQuery, type Item } from '@/lib/queries';
import { m } from '@/messages';

import { columnsOf } from './columns';
import { exportItems, parcelNumbers } from './exports';
import { Filters } from './filters';
import { facetsQuery, itemsQuery } from './queries';
import { filterNames, filtersOf, type ItemsSearch, readSearch } from './search';

const CountyMap = lazy(() => import('@/components/map/county_map'));

function useItems(auction_id: string, search: ItemsSearch) {
  const filters = filtersOf(search);
  const items = useInfiniteQuery(itemsQuery(auction_id, filters, search.sort));
  const facets = useQuery(facetsQuery(auction_id, filters));
  useLive(`sale:${auction_id}`, ['facets', auction_id]);
  const rows = useMemo(() => items.data?.pages.flatMap((page) => page.items) ?? [], [items.data]);
  return { items, facets, rows };
}

function ItemsMap({ sale, rows, total }: { sale: Auction; rows: Item[]; total: number }) {
  const navigate = useNavigate();
  const county = useQuery(countyQuery(sale.county_id));
  const points = rows.flatMap(({ adv_no, longitude, latitude }) =>
    longitude !== null && longitude !== undefined && latitude !== null && latitude !== undefined
      ? [{ id: String(adv_no), longitude: Number(longitude), latitude: Number(latitude) }]
      : [],
  );
  return (
    <Shown query={county}>
      {(known) => known.fips ? (
        <>
          <p role="status">{points.length === 0 ? m.items.noPlaces : m.items.places(points.length, total)}</p>
          <Suspense fallback={<Loading />}>
            <CountyMap fips={known.fips} label={m.items.mapLabel} points={points}
              onChoose={(adv_no) => void navigate({ to: '/sales/$auction_id/items/$adv_no', params: { auction_id: sale.id, adv_no } })} />
          </Suspense>
        </>
      ) : <Empty>{m.county.noMap}</Empty>}
    </Shown>
  );
}

function Items({ sale }: { sale: Auction }) {
  const navigate = useNavigate();
  const search = useSearch({ from: '/sales/$auction_id/items' });
  const { items, facets, rows } = useItems(sale.id, search);
  const columns = useMemo(() => columnsOf(sale.id), [sale.id]);
  const go = (next: ItemsSearch) =>
    void navigate({ to: '/sales/$auction_id/items', params: { auction_id: sale.id }, search: next, replace: true });
  const change = (part: Partial<ItemsSearch>) => go({ ...search, ...part });
  const clear = () => go({ ...search, ...Object.fromEntries(filterNames.map((name) => [name, undefined])) });
  const { fetchNextPage } = items;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const total = facets.data?.total ?? rows.length;
  return (
    <>
      <Filters facets={facets.data} search={search} change={change} clear={clear} />
      <div className="view-switch" role="group" aria-label={m.items.view}>
        {([undefined, 'map'] as const).map((view) => (
          <button key={view ?? 'grid'} type="button" aria-pressed={search.view === view} className="usa-button usa-button--outline"
            onClick={() => change({ view })}>{view === 'map' ? m.items.map : m.items.grid}</button>
        ))}
        <span role="status">{facets.data && m.items.total(total, money(facets.data.face))}</span>
      </div>
      {items.isError && rows.length === 0 && <Failed error={items.error} retry={() => void items.refetch()} />}
      {items.isPending && <Loading />}
      {items.isSuccess && rows.length === 0 && <Empty>{m.items.none}</Empty>}
      {rows.length > 0 && search.view === 'map' && <ItemsMap sale={sale} rows={rows} total={total} />}
      {rows.length > 0 && search.view !== 'map' && (
        <DataGrid grid="items" label={m.items.title} columns={columns} rows={rows} total={total}
          more={items.hasNextPage} loading={items.isFetching} loadMore={loadMore}
          state={search} change={change} openView={(text) => go(readSearch(Object.fromEntries(new URLSearchParams(text))))}
          keyOf={(item) => String(item.adv_no)} nameOf={(item) => m.item.title(item.adv_no)}
          open={(item) => void navigate({ to: '/sales/$auction_id/items/$adv_no', params: { auction_id: sale.id, adv_no: String(item.adv_no) } })}
          exportAs={(kind) => exportItems(sale, search, kind, null)}
          actions={[
            { label: m.items.copy, run: (keys) => parcelNumbers(sale.id, search, keys) },
            { label: m.items.exportChosen, run: async (keys) => exportItems(sale, search, 'xlsx', keys).then(() => '') },
          ]} />
      )}
    </>
  );
}

export function ItemsPage() {
  const { auction_id } = useParams({ from: '/sales/$auction_id/items' });
  const sale = useQuery(auctionQuery(auction_id));
  return (
    <Shown query={sale} title={m.items.title}>
      {(known) => (
        <Page title={m.items.title} crumbs={[{ label: m.nav.sales, to: '/' }, { label: known.name, to: `/sales/${known.id}` }]}>
          <Items sale={known} />
        </Page>
      )}
    </Shown>
  );
}
