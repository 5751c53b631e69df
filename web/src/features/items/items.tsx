import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

import { DataGrid } from '@/components/data-grid/data_grid';
import { searchOf, without } from '@/components/data-grid/search';
import { usePagedRows } from '@/components/data-grid/use_paged_rows';
import { Page } from '@/components/ui/page';
import { Empty, Failed, Loading, Shown } from '@/components/ui/states';
import { Tabs } from '@/components/ui/tabs';
import { useSaleCounty } from '@/components/ui/use_sale_county';
import { money } from '@/lib/format';
import { useLive } from '@/lib/live';
import { type Auction, auctionQuery } from '@/lib/queries';
import { m } from '@/messages';

import { columnsOf } from './columns';
import { copyParcelNumbers, exportItems } from './exports';
import { ItemFilters } from './filters';
import { ItemsMap } from './items_map';
import { facetsQuery, readItems } from './queries';
import { filterNames, filtersOf, type ItemsSearch, readSearch } from './search';

function useItems(auction_id: string, search: ItemsSearch) {
  const filters = filtersOf(search);
  const facets = useQuery(facetsQuery(auction_id, filters));
  const total = facets.isPlaceholderData ? undefined : facets.data?.total;
  const rows = usePagedRows({
    queryKey: ['items', auction_id, filters, search.sort],
    total,
    read: (offset, signal) => readItems(auction_id, search, offset, signal),
  });
  useLive(`sale:${auction_id}`, ['facets', auction_id]);
  useLive(`sale:${auction_id}`, ['items', auction_id]);
  return { facets, rows, list: JSON.stringify(filters) };
}

const views = [{ id: 'grid', label: m.items.grid }, { id: 'map', label: m.items.map }] as const;

function Items({ sale, state }: { sale: Auction; state: string | undefined }) {
  const navigate = useNavigate();
  const search = useSearch({ from: '/sales/$auction_id/items' });
  const { facets, rows, list } = useItems(sale.id, search);
  const columns = useMemo(() => columnsOf(sale.id, state), [sale.id, state]);
  const error = rows.error ?? (facets.data ? null : facets.error);
  const isShown = error === null && rows.ready;
  const retry = () => {
    void facets.refetch();
    rows.retry();
  };
  const go = (next: ItemsSearch) =>
    void navigate({ to: '/sales/$auction_id/items', params: { auction_id: sale.id }, search: next, replace: true });
  const change = (part: Partial<ItemsSearch>) => go({ ...search, ...part });
  const openItem = useCallback(
    (adv_no: string) => void navigate({ to: '/sales/$auction_id/items/$adv_no', params: { auction_id: sale.id, adv_no } }),
    [navigate, sale.id],
  );
  return (
    <>
      <ItemFilters state={state} facets={facets.data} search={search} change={change} clear={() => change(without(filterNames))} />
      <Tabs label={m.items.view} tabs={views} active={search.view ?? 'grid'} choose={(view) => change({ view: view === 'map' ? view : undefined })}
        beside={<span role="status">{facets.data && m.items.total(facets.data.total, money(facets.data.face))}</span>}>
        {error !== null && <Failed error={error} retry={retry} />}
        {error === null && !rows.ready && <Loading />}
        {isShown && rows.total === 0 && <Empty>{m.items.none}</Empty>}
        {isShown && rows.total > 0 && search.view === 'map' && <ItemsMap sale={sale} search={search} facets={facets.data} onChoose={openItem} />}
        {isShown && rows.total > 0 && search.view !== 'map' && (
          <DataGrid grid="items" list={list} label={m.items.title} columns={columns} rows={rows}
            state={search} change={change} openView={(text) => go(readSearch(searchOf(text)))}
            keyOf={(item) => String(item.adv_no)} nameOf={(item) => m.item.title(item.adv_no)}
            open={(item) => openItem(String(item.adv_no))}
            exportAs={(kind) => exportItems(sale, search, kind)}
            actions={[
              { label: m.items.copy, run: (chosen) => copyParcelNumbers(sale.id, search, chosen) },
              { label: m.items.exportChosen, run: async (chosen) => exportItems(sale, search, 'xlsx', chosen).then(() => '') },
            ]} />
        )}
      </Tabs>
    </>
  );
}

export function ItemsPage() {
  const { auction_id } = useParams({ from: '/sales/$auction_id/items' });
  const sale = useQuery(auctionQuery(auction_id));
  const county = useSaleCounty(sale.data?.county_id);
  return (
    <Shown query={sale} title={m.items.title}>
      {(known) => (
        <Page title={m.items.title} crumbs={[{ label: m.nav.sales, to: '/' }, { label: known.name, to: `/sales/${known.id}` }]}>
          <Items sale={known} state={county?.state} />
        </Page>
      )}
    </Shown>
  );
}
