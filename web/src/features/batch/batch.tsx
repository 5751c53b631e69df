import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { Leads } from '@/components/leads/leads';
import { DataTable } from '@/components/ui/data_table';
import { FactTiles } from '@/components/ui/facts';
import { Page } from '@/components/ui/page';
import { Empty, Shown } from '@/components/ui/states';
import { BatchStatus } from '@/components/ui/status';
import { Announcer, Countdown, Instant, lastEnd, ServerClock } from '@/components/ui/time';
import { useSaleCounty } from '@/components/ui/use_sale_county';
import { count } from '@/lib/format';
import { useLive } from '@/lib/live';
import { type Auction, auctionQuery, type Batch, batchQuery, rulesQuery } from '@/lib/queries';
import { m } from '@/messages';

import { chainQuery } from './queries';
import { Results } from './results';

function Records({ batch, zone }: { batch: Batch; zone: string }) {
  const chain = useQuery(chainQuery(batch.id));
  return (
    <Shown query={chain}>
      {(links) => (
        <DataTable caption={m.batch.records} headed
          columns={[{ label: m.batch.record }, { label: m.batch.at }, { label: m.batch.hash }]}
          rows={links.map((link) => ({
            key: link.hash,
            cells: [
              m.words.record[link.kind || link.record] ?? link.record,
              <Instant key="t" at={link.at} zone={zone} />,
              <code key="h" className="wrap">{link.hash}</code>,
            ],
          }))} />
      )}
    </Shown>
  );
}

function Known({ batch, sale }: { batch: Batch; sale: Auction }) {
  const zone = sale.time_zone;
  const closed = batch.status === 'closed';
  const rules = useQuery(rulesQuery(sale.id));
  const bidsAreOpen = rules.data?.format === 'open' && batch.opened && !closed;
  return (
    <Page title={m.batch.title(batch.number)} crumbs={[{ label: m.nav.sales, to: '/' }, { label: sale.name, to: `/sales/${sale.id}` }]}>
      <Announcer batches={[batch]} />
      <FactTiles of={[
        [m.batch.state, <BatchStatus key="s" of={batch.status} />],
        ...(closed ? [] : ([[m.sale.next, <Countdown key="n" batch={batch} />]] as [string, ReactNode][])),
        [m.batch.opens, <Instant key="o" at={batch.start_time} zone={zone} />],
        [m.batch.closes, <Instant key="c" at={lastEnd(batch)} zone={zone} />],
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
          <Results batch={batch} sale={sale} />
        </>
      ) : <Empty>{bidsAreOpen ? m.leads.open : m.batch.open}</Empty>}
      {bidsAreOpen && (
        <>
          <h2>{m.leads.heading}</h2>
          <Leads batch={batch} auction_id={sale.id} zone={zone} />
        </>
      )}
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
  useSaleCounty(sale.data?.county_id);
  useLive(`batch:${batch_id}`, ['batch', batch_id]);
  return (
    <Shown query={batch} title={m.sale.batch}>
      {(known) => <Shown query={sale} title={m.sale.batch}>{(of) => <Known batch={known} sale={of} />}</Shown>}
    </Shown>
  );
}
