import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo, useState } from 'react';

import { LazyChart } from '@/components/charts/lazy_chart';
import { DataGrid } from '@/components/data-grid/data_grid';
import type { GridColumn, GridState } from '@/components/data-grid/types';
import { Facts, ScrollTable } from '@/components/ui/facts';
import { Page } from '@/components/ui/page';
import { Failed, Loading, Shown } from '@/components/ui/states';
import { BatchStatus, ItemStatus } from '@/components/ui/status';
import { Announcer, Countdown, Instant, ServerClock } from '@/components/ui/time';
import { count, dash, money, rate } from '@/lib/format';
import { useLive } from '@/lib/live';
import { type Auction, auctionQuery, type Batch, batchQuery, type Result } from '@/lib/queries';
import { m } from '@/messages';

import { Bids } from './bids';
import { chainQuery, resultsQuery } from './queries';

const columnsOf = (auction_id: string, show: (adv_no: number) => void): GridColumn<Result>[] => [
  {
    id: 'adv_no', label: m.columns.adv_no, number: true, width: 80,
    cell: (item) => (
      <Link to="/sales/$auction_id/items/$adv_no" params={{ auction_id, adv_no: String(item.adv_no) }} tabIndex={-1}>{item.adv_no}</Link>
    ),
  },
  { id: 'parcel_id', label: m.columns.parcel_id, width: 200, cell: (item) => item.parcel_id },
  { id: 'face', label: m.columns.face, number: true, width: 110, cell: (item) => money(item.face) },
  { id: 'status', label: m.columns.status, width: 220, cell: (item) => <ItemStatus of={item.status} /> },
  { id: 'rate', label: m.columns.rate, number: true, width: 90, cell: (item) => rate(item.rate) },
  {
    id: 'bids', label: m.columns.bids, number: true, width: 140,
    cell: (item) => item.bids === 0 ? '0' : (
      <button type="button" className="link-button" tabIndex={-1} onClick={() => show(item.adv_no)}>{m.batch.show(item.bids)}</button>
    ),
  },
  { id: 'tied', label: m.columns.tied, number: true, width: 110, cell: (item) => count(item.tied) },
  { id: 'winner', label: m.columns.winner, width: 180, cell: (item) => item.winner_name ?? item.winner_number ?? dash },
  { id: 'certificate_number', label: m.columns.certificate_number, width: 140, cell: (item) => item.certificate_number ?? dash },
  { id: 'note', label: m.columns.note, width: 180, hidden: true, cell: (item) => (item.amendment ? (m.words.amendment[item.amendment] ?? item.amendment) : dash) },
];

/** How many awards were made at which rate, among the rows that are here. */
function RatesChart({ rows }: { rows: Result[] }) {
  const byRate = Map.groupBy(rows.filter((row) => row.status === 'awarded' && row.rate), (row) => row.rate ?? '');
  const rates = [...byRate.keys()].sort((a, b) => a.length - b.length || a.localeCompare(b));
  if (rates.length === 0) return null;
  return (
    <LazyChart title={m.batch.ratesChart} labelName={m.columns.rate} labels={rates.map(rate)}
      series={[{ name: m.sale.awarded, values: rates.map((each) => byRate.get(each)?.length ?? 0) }]} />
  );
}

function Results({ batch, zone }: { batch: Batch; zone: string }) {
  const [shown, setShown] = useState<number | null>(null);
  const [state, setState] = useState<GridState>({});
  const results = useInfiniteQuery(resultsQuery(batch.id));
  const rows = useMemo(() => results.data?.pages.flatMap((page) => page.items) ?? [], [results.data]);
  const columns = useMemo(() => columnsOf(batch.auction_id, setShown), [batch.auction_id]);
  const { fetchNextPage } = results;
  const loadMore = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (results.isPending) return <Loading />;
  if (results.isError && rows.length === 0) return <Failed error={results.error} retry={() => void results.refetch()} />;
  return (
    <>
      <DataGrid grid="results" label={m.batch.results} columns={columns} rows={rows} total={batch.items}
        more={results.hasNextPage} loading={results.isFetching} loadMore={loadMore}
        state={state} change={(part) => setState({ ...state, ...part })} openView={() => setState({})}
        keyOf={(row) => String(row.adv_no)} nameOf={(row) => m.item.title(row.adv_no)} open={(row) => setShown(row.adv_no)} />
      {shown !== null && <Bids key={shown} batch_id={batch.id} adv_no={shown} zone={zone} close={() => setShown(null)} />}
      <RatesChart rows={rows} />
    </>
  );
}

function Records({ batch, zone }: { batch: Batch; zone: string }) {
  const chain = useQuery(chainQuery(batch.id));
  return (
    <Shown query={chain}>
      {(links) => (
        <ScrollTable caption={m.batch.records}>
          <thead>
            <tr>
              <th scope="col">{m.batch.record}</th>
              <th scope="col">{m.batch.at}</th>
              <th scope="col">{m.batch.hash}</th>
            </tr>
          </thead>
          <tbody>
            {links.map((link) => (
              <tr key={link.hash}>
                <th scope="row">{[link.record, link.kind].filter(Boolean).join(': ').replaceAll('_', ' ')}</th>
                <td><Instant at={link.at} zone={zone} /></td>
                <td><code className="wrap">{link.hash}</code></td>
              </tr>
            ))}
          </tbody>
        </ScrollTable>
      )}
    </Shown>
  );
}

function Known({ batch, sale }: { batch: Batch; sale: Auction }) {
  const zone = sale.time_zone;
  const closed = batch.status === 'closed';
  return (
    <Page title={m.batch.title(batch.number)} crumbs={[{ label: m.nav.sales, to: '/' }, { label: sale.name, to: `/sales/${sale.id}` }]}>
      <Announcer batches={[batch]} />
      <Facts of={[
        [m.batch.state, <BatchStatus key="s" of={batch.status} />],
        ...(closed ? [] : ([[m.sale.next, <Countdown key="n" batch={batch} />]] as [string, ReactNode][])),
        [m.batch.opens, <Instant key="o" at={batch.start_time} zone={zone} />],
        [m.batch.closes, <Instant key="c" at={batch.end_time} zone={zone} />],
        [m.batch.items, count(batch.items)],
        ...(closed ? ([[m.sale.awarded, count(batch.awarded)], [m.sale.struck, count(batch.struck)], [m.sale.withdrawn, count(batch.withdrawn)]] as [string, string][]) : []),
      ]} />
      <ServerClock zone={zone} />
      <p>
        <Link to="/sales/$auction_id/items" params={{ auction_id: sale.id }} search={{ batch: String(batch.number) }}>{m.batch.itemsOf}</Link>
      </p>
      <h2>{m.batch.results}</h2>
      {closed ? (
        <>
          <ul className="columns">
            <li><a href={`/transcripts/transcript-${batch.id}.json`} download>{m.batch.transcript}</a></li>
            <li><a href={`/transcripts/transcript-${batch.id}.leaves`} download>{m.batch.leaves}</a></li>
            <li><Link to="/verify" search={{ batch: batch.id }}>{m.batch.check}</Link></li>
          </ul>
          <Results batch={batch} zone={zone} />
        </>
      ) : <p className="state state-empty">{m.batch.open}</p>}
      {batch.opened && (
        <>
          <h2>{m.batch.records}</h2>
          <Records batch={batch} zone={zone} />
        </>
      )}
    </Page>
  );
}

export function BatchPage() {
  const { batch_id } = useParams({ from: '/batches/$batch_id' });
  const batch = useQuery(batchQuery(batch_id));
  const auction_id = batch.data?.auction_id;
  const sale = useQuery({ ...auctionQuery(auction_id ?? ''), enabled: auction_id !== undefined });
  useLive(`batch:${batch_id}`, ['batch', batch_id]);
  return (
    <Shown query={batch} title={m.sale.batch}>
      {(known) => <Shown query={sale} title={m.sale.batch}>{(of) => <Known batch={known} sale={of} />}</Shown>}
    </Shown>
  );
}
