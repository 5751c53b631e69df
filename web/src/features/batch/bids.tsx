import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';

import { DataGrid } from '@/components/data-grid/data_grid';
import { Filters, type TypedFilter } from '@/components/data-grid/filters';
import { saveList } from '@/components/data-grid/save_list';
import { searchOf, without } from '@/components/data-grid/search';
import { everything } from '@/components/data-grid/selection';
import type { GridColumn, Selection } from '@/components/data-grid/types';
import { pageSize, usePagedRows } from '@/components/data-grid/use_paged_rows';
import { Page } from '@/components/ui/page';
import { Empty, Failed, Loading, Shown } from '@/components/ui/states';
import { Instant } from '@/components/ui/time';
import { useSaleCounty } from '@/components/ui/use_sale_county';
import { rate } from '@/lib/format';
import { type Auction, auctionQuery, type Batch, batchQuery, rulesQuery } from '@/lib/queries';
import { m } from '@/messages';

import { type Bid, matchingBids, readBids } from './queries';
import { bidFilters, bidFiltersOf, type BidsSearch, readBidsSearch } from './search';

const columnsOf = (zone: string): GridColumn<Bid>[] => [
  { id: 'bidder', label: m.batch.bidder, width: 320, cell: (bid) => <code>{bid.bidder_ref}</code> },
  { id: 'rate', label: m.batch.rate, sort: 'rate', number: true, width: 90, cell: (bid) => rate(bid.rate) },
  { id: 'accepted_at', label: m.batch.acceptedAt, sort: 'time', width: 220, cell: (bid) => <Instant at={bid.accepted_at} zone={zone} /> },
  { id: 'awarded', label: m.batch.won, width: 120, cell: (bid) => (bid.awarded ? m.batch.wonMark : '') },
];

const keyOf = (bid: Bid) => bid.bidder_ref;
const typed: TypedFilter[] = [{ name: 'bidder', label: m.batch.bidder, hint: m.batch.bidderHint, inputMode: 'search' }];

interface BidsProps {
  batch: Batch;
  sale: Auction;
  adv_no: number;
}

function useBids({ batch, adv_no }: BidsProps, search: BidsSearch) {
  const filters = bidFiltersOf(search);
  const options = {
    queryKey: ['bids', batch.id, adv_no, filters, search.sort],
    read: (offset: number, signal: AbortSignal) => readBids(batch.id, adv_no, search, offset, signal),
  };
  // Nobody counts them, and the first page nearly always has them all.
  const counted = useQuery({
    queryKey: ['bids', batch.id, adv_no, filters, 'count'],
    staleTime: 60_000,
    queryFn: async ({ signal }) => {
      for (let all = 0; ; all += pageSize) {
        const page = await readBids(batch.id, adv_no, { ...search, sort: undefined }, all, signal);
        if (page.length < pageSize) return all + page.length;
      }
    },
  });
  return { filters, counted, rows: usePagedRows({ ...options, total: counted.data }) };
}

function Bids(props: BidsProps) {
  const { batch, sale, adv_no } = props;
  const navigate = useNavigate();
  const search = useSearch({ from: '/batches/$batch_id/items/$adv_no' });
  const { filters, counted, rows } = useBids(props, search);
  const columns = useMemo(() => columnsOf(sale.time_zone), [sale.time_zone]);
  const go = (next: BidsSearch) =>
    void navigate({ to: '/batches/$batch_id/items/$adv_no', params: { batch_id: batch.id, adv_no: String(adv_no) }, search: next, replace: true, resetScroll: false });
  const change = (part: Partial<BidsSearch>) => go({ ...search, ...part });
  const save = async (kind: 'csv' | 'xlsx', chosen: Selection) =>
    saveList({ title: `${sale.name} ${m.batch.bidsOn(adv_no)}`, sheet: m.batch.bidsOn(adv_no), kind, text: await matchingBids(batch.id, adv_no, search), chosen });
  const error = rows.error ?? counted.error;
  if (error !== null)
    return <Failed error={error} retry={() => {
      void counted.refetch();
      rows.retry();
    }} />;
  if (!rows.ready || counted.isPending) return <Loading />;
  const narrowed = Object.keys(filters).length > 0;
  if (rows.total === 0 && !narrowed) return <Empty>{m.batch.noBids}</Empty>;
  return (
    <>
      <Filters typed={typed} facets={[]} search={{ ...search }} change={change} clear={() => change(without(bidFilters))} />
      {rows.total === 0 ? <Empty>{m.batch.noSuchBid}</Empty> : (
        <DataGrid grid="bids" list={JSON.stringify([adv_no, filters])} label={m.batch.allBids} columns={columns} rows={rows}
          state={search} change={change} openView={(text) => go(readBidsSearch(searchOf(text)))}
          keyOf={keyOf} nameOf={(bid) => m.batch.bidOf(bid.bidder_ref.slice(0, 8))}
          exportAs={(kind) => save(kind, everything)}
          actions={[{ label: m.items.exportChosen, run: async (chosen) => save('xlsx', chosen).then(() => '') }]} />
      )}
    </>
  );
}

/** What the sale shows of bids, said before they are. */
function Visibility({ auction_id }: { auction_id: string }) {
  const rules = useQuery(rulesQuery(auction_id));
  return <p>{rules.data && (rules.data.results_visibility === 'all_bids' ? m.batch.allShown : m.batch.winnersShown)}</p>;
}

function Known(props: BidsProps) {
  const { batch, sale, adv_no } = props;
  return (
    <Page title={m.batch.bidsOn(adv_no)} crumbs={[
      { label: m.nav.sales, to: '/' },
      { label: sale.name, to: `/sales/${sale.id}` },
      { label: m.batch.title(batch.number), to: `/batches/${batch.id}` },
    ]}>
      {batch.status === 'closed' ? (
        <>
          <Visibility auction_id={sale.id} />
          <p>
            <Link to="/sales/$auction_id/items/$adv_no" params={{ auction_id: sale.id, adv_no: String(adv_no) }}>{m.batch.toItem}</Link>
          </p>
          <Bids {...props} />
        </>
      ) : <Empty>{m.batch.open}</Empty>}
    </Page>
  );
}

export function BidsPage() {
  const { batch_id, adv_no } = useParams({ from: '/batches/$batch_id/items/$adv_no' });
  const batch = useQuery(batchQuery(batch_id));
  const auction_id = batch.data?.auction_id;
  const sale = useQuery({ ...auctionQuery(auction_id ?? ''), enabled: auction_id !== undefined });
  useSaleCounty(sale.data?.county_id);
  return (
    <Shown query={batch} title={m.batch.bids}>
      {(known) => <Shown query={sale} title={m.batch.bids}>{(of) => <Known batch={known} sale={of} adv_no={Number(adv_no)} />}</Shown>}
    </Shown>
  );
}
