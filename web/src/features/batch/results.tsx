import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';

import { LazyChart } from '@/components/charts/lazy_chart';
import { DataGrid } from '@/components/data-grid/data_grid';
import { type FacetFilter, Filters, type TypedFilter } from '@/components/data-grid/filters';
import { saveList } from '@/components/data-grid/save_list';
import { searchOf, without } from '@/components/data-grid/search';
import { everything } from '@/components/data-grid/selection';
import type { GridColumn, Selection } from '@/components/data-grid/types';
import { usePagedRows } from '@/components/data-grid/use_paged_rows';
import { Empty, Failed, Loading } from '@/components/ui/states';
import { ItemStatus } from '@/components/ui/status';
import { count, dash, money, rate } from '@/lib/format';
import { type Auction, type Batch, type Result } from '@/lib/queries';
import { m } from '@/messages';

import { matchingResults, readResults, type ResultFacets, resultFacetsQuery } from './queries';
import { readResultsSearch, resultFilters, resultFiltersOf, type ResultsSearch } from './search';

const columnsOf = (batch: Batch): GridColumn<Result>[] => [
  {
    id: 'adv_no', label: m.columns.adv_no, sort: 'number', number: true, width: 80,
    cell: ({ adv_no }) => (
      <Link to="/sales/$auction_id/items/$adv_no" params={{ auction_id: batch.auction_id, adv_no: String(adv_no) }} tabIndex={-1}>{adv_no}</Link>
    ),
  },
  { id: 'parcel_id', label: m.columns.parcel_id, width: 200, cell: (item) => item.parcel_id },
  { id: 'face', label: m.columns.face, sort: 'face', number: true, width: 110, cell: (item) => money(item.face) },
  { id: 'status', label: m.columns.status, width: 220, cell: (item) => <ItemStatus of={item.status} /> },
  { id: 'rate', label: m.columns.rate, sort: 'rate', number: true, width: 90, cell: (item) => rate(item.rate) },
  {
    id: 'bids', label: m.columns.bids, sort: 'bids', number: true, width: 140,
    cell: ({ bids, adv_no }) => bids === 0 ? count(bids) : (
      <Link to="/batches/$batch_id/items/$adv_no" params={{ batch_id: batch.id, adv_no: String(adv_no) }} tabIndex={-1}>{m.batch.show(bids)}</Link>
    ),
  },
  { id: 'tied', label: m.columns.tied, sort: 'tied', number: true, width: 180, cell: (item) => count(item.tied) },
  { id: 'winner', label: m.columns.winner, width: 180, cell: (item) => item.winner_name ?? item.winner_number ?? dash },
  { id: 'certificate_number', label: m.columns.certificate_number, width: 140, cell: (item) => item.certificate_number ?? dash },
  { id: 'winner_ref', label: m.columns.winner_ref, width: 160, hidden: true, cell: (item) => item.winner_ref ?? dash },
  { id: 'note', label: m.columns.note, width: 180, hidden: true, cell: (item) => (item.amendment ? (m.words.amendment[item.amendment] ?? item.amendment) : dash) },
];

const typed: TypedFilter[] = [{ name: 'q', label: m.filters.search, hint: m.batch.searchHint, inputMode: 'search' }];

const facetsOf = (facets: ResultFacets): FacetFilter[] => [
  { name: 'status', label: m.columns.status, counts: facets.status, word: (value) => m.words.item[value] ?? value },
  { name: 'drawn', label: m.batch.drawn, counts: facets.drawn, word: (value) => (value === 'true' ? m.batch.byLot : m.batch.byRate) },
  { name: 'rate', label: m.columns.rate, counts: facets.rate, word: rate },
];

/** How many awards were made at which rate, in the whole batch. */
function RatesChart({ batch_id }: { batch_id: string }) {
  const awards = useQuery(resultFacetsQuery(batch_id, { status: 'awarded' }));
  const rates = awards.data?.rate ?? [];
  if (rates.length === 0) return null;
  return (
    <LazyChart title={m.batch.ratesChart} labelName={m.columns.rate} labels={rates.map((each) => rate(each.value))}
      series={[{ name: m.sale.awarded, values: rates.map((each) => each.count) }]} />
  );
}

export function Results({ batch, sale }: { batch: Batch; sale: Auction }) {
  const navigate = useNavigate();
  const search = useSearch({ from: '/batches/$batch_id' });
  const filters = resultFiltersOf(search);
  const facets = useQuery(resultFacetsQuery(batch.id, filters));
  const rows = usePagedRows({
    queryKey: ['results', batch.id, filters, search.sort],
    total: facets.isPlaceholderData ? undefined : facets.data?.total,
    read: (offset, signal) => readResults(batch.id, search, offset, signal),
  });
  const columns = useMemo(() => columnsOf(batch), [batch]);
  const go = (next: ResultsSearch) =>
    void navigate({ to: '/batches/$batch_id', params: { batch_id: batch.id }, search: next, replace: true, resetScroll: false });
  const change = (part: Partial<ResultsSearch>) => go({ ...search, ...part });
  const save = async (kind: 'csv' | 'xlsx', chosen: Selection) =>
    saveList({ title: `${sale.name} ${m.batch.title(batch.number)}`, sheet: m.batch.title(batch.number), kind, text: await matchingResults(batch.id, search), chosen });
  const error = rows.error ?? (facets.data ? null : facets.error);
  if (error !== null)
    return <Failed error={error} retry={() => {
      void facets.refetch();
      rows.retry();
    }} />;
  if (!rows.ready) return <Loading />;
  return (
    <>
      <Filters typed={typed} facets={facets.data && facetsOf(facets.data)} search={{ ...search }} change={change}
        clear={() => change(without(resultFilters))} />
      <p role="status">{facets.data && m.items.total(facets.data.total, money(facets.data.face))}</p>
      {rows.total === 0 ? <Empty>{m.items.none}</Empty> : (
        <DataGrid grid="results" list={JSON.stringify(filters)} label={m.batch.results} columns={columns} rows={rows}
          state={search} change={change} openView={(text) => go(readResultsSearch(searchOf(text)))}
          keyOf={(row) => String(row.adv_no)} nameOf={(row) => m.item.title(row.adv_no)}
          open={({ adv_no }) => void navigate({ to: '/batches/$batch_id/items/$adv_no', params: { batch_id: batch.id, adv_no: String(adv_no) } })}
          exportAs={(kind) => save(kind, everything)}
          actions={[{ label: m.items.exportChosen, run: async (chosen) => save('xlsx', chosen).then(() => '') }]} />
      )}
      <RatesChart batch_id={batch.id} />
    </>
  );
}
