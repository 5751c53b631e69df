import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Fragment } from 'react';

import { Notice } from '@/components/ui/notice';
import { LazyChart } from '@/components/charts/lazy_chart';
import { DataTable } from '@/components/ui/data_table';
import { Facts } from '@/components/ui/facts';
import { Page } from '@/components/ui/page';
import { Empty, Shown } from '@/components/ui/states';
import { BatchStatus, SaleStatus } from '@/components/ui/status';
import { Announcer, Countdown, Instant, ServerClock } from '@/components/ui/time';
import { useSaleCounty } from '@/components/ui/use_sale_county';
import { count } from '@/lib/format';
import { useLive } from '@/lib/live';
import { type Auction, auctionQuery, type Batch, batchesQuery } from '@/lib/queries';
import { m } from '@/messages';

import { RulesCard } from './rules';

function Batches({ batches, zone }: { batches: Batch[]; zone: string }) {
  if (batches.length === 0) return <Empty>{m.sale.noBatches}</Empty>;
  return (
    <>
      <Announcer batches={batches} />
      <DataTable caption={m.sale.batches} headed
        columns={[
          { label: m.sale.batch }, { label: m.sale.status }, { label: m.sale.next }, { label: m.sale.closes },
          ...[m.sale.items, m.sale.awarded, m.sale.struck, m.sale.withdrawn].map((label) => ({ label, number: true })),
        ]}
        rows={batches.map((batch) => ({
          key: batch.id,
          cells: [
            <Fragment key="b">
              <Link to="/batches/$batch_id" params={{ batch_id: batch.id }}>{m.batch.title(batch.number)}</Link>
              {batch.is_cleanup && ` (${m.sale.cleanup})`}
            </Fragment>,
            <BatchStatus key="s" of={batch.status} />,
            <Countdown key="n" batch={batch} />,
            <Instant key="c" at={batch.end_time} zone={zone} />,
            ...[batch.items, batch.awarded, batch.struck, batch.withdrawn].map(count),
          ],
        }))} />
      <LazyChart
        title={m.sale.chart}
        labels={batches.map((batch) => String(batch.number))}
        labelName={m.sale.batch}
        series={[
          { name: m.sale.awarded, values: batches.map((batch) => batch.awarded) },
          { name: m.sale.struck, values: batches.map((batch) => batch.struck) },
          {
            name: m.words.item['offered'] ?? '',
            values: batches.map((batch) => batch.items - batch.awarded - batch.struck - batch.withdrawn),
          },
        ]}
        stacked
      />
    </>
  );
}

function Known({ sale }: { sale: Auction }) {
  const batches = useQuery(batchesQuery(sale.id));
  useSaleCounty(sale.county_id);
  return (
    <Page title={sale.name} crumbs={[{ label: m.nav.sales, to: '/' }, { label: sale.county_name, to: `/counties/${sale.county_id}` }]}>
      <p>{m.sale.of(sale.county_name)}</p>
      {sale.pause_reason && (
        <Notice type="warning">{m.sale.paused(sale.pause_reason)}</Notice>
      )}
      <div className="split">
        <section aria-label={m.sale.status}>
          <Facts of={[
            [m.sale.status, <SaleStatus key="s" of={sale.status} />],
            [m.sale.opens, <Instant key="o" at={sale.start_date} zone={sale.time_zone} />],
            [m.sale.lastClose, <Instant key="c" at={sale.end_date} zone={sale.time_zone} />],
            [m.sale.taxYear, String(sale.tax_year)],
            [m.sale.certificates, count(sale.items)],
          ]} />
          <ServerClock zone={sale.time_zone} />
          <p>
            <Link className="usa-button" to="/sales/$auction_id/items" params={{ auction_id: sale.id }}>
              {m.sale.seeItems(sale.items)}
            </Link>
          </p>
        </section>
        <RulesCard auction_id={sale.id} />
      </div>
      <h2>{m.sale.batches}</h2>
      <Shown query={batches}>{(all) => <Batches batches={all} zone={sale.time_zone} />}</Shown>
    </Page>
  );
}

export function SalePage() {
  const { auction_id } = useParams({ from: '/sales/$auction_id' });
  const sale = useQuery(auctionQuery(auction_id));
  useLive(`sale:${auction_id}`, ['auction', auction_id]);
  return <Shown query={sale} title={m.sale.title}>{(known) => <Known sale={known} />}</Shown>;
}
