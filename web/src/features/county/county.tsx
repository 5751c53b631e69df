import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';

import { DataTable } from '@/components/ui/data_table';
import { Page } from '@/components/ui/page';
import { Empty, Loading, Shown } from '@/components/ui/states';
import { SaleStatus } from '@/components/ui/status';
import { Instant } from '@/components/ui/time';
import { useBranding } from '@/components/ui/use_branding';
import { count } from '@/lib/format';
import { useLive } from '@/lib/live';
import { auctionsQuery, type County, countyQuery } from '@/lib/queries';
import { m } from '@/messages';

const CountyMap = lazy(() => import('@/components/map/county_map'));

function Sales({ county }: { county: County }) {
  const sales = useQuery(auctionsQuery);
  useLive('sales', auctionsQuery.queryKey);
  return (
    <Shown query={sales}>
      {(all) => {
        const mine = all.filter((sale) => sale.county_id === county.id);
        if (mine.length === 0) return <Empty>{m.county.none}</Empty>;
        return (
          <DataTable caption={m.county.sales} headed
            columns={[{ label: m.sale.title }, { label: m.sale.status }, { label: m.home.opens }, { label: m.home.lastClose }, { label: m.sale.certificates, number: true }]}
            rows={mine.map((sale) => ({
              key: sale.id,
              cells: [
                <Link key="s" to="/sales/$auction_id" params={{ auction_id: sale.id }}>{sale.name}</Link>,
                <SaleStatus key="t" of={sale.status} />,
                <Instant key="o" at={sale.start_date} zone={sale.time_zone} />,
                <Instant key="c" at={sale.end_date} zone={sale.time_zone} />,
                count(sale.items),
              ],
            }))} />
        );
      }}
    </Shown>
  );
}

function Known({ county }: { county: County }) {
  useBranding(county.settings);
  return (
    <Page title={`${county.name}, ${county.state}`} crumbs={[{ label: m.nav.sales, to: '/' }]}>
      <p>{m.county.where(county.time_zone)}</p>
      <h2>{m.county.sales}</h2>
      <Sales county={county} />
      <h2>{m.county.map}</h2>
      {county.fips ? (
        <Suspense fallback={<Loading />}><CountyMap fips={county.fips} label={m.county.map} points={[]} /></Suspense>
      ) : <Empty>{m.county.noMap}</Empty>}
    </Page>
  );
}

export function CountyPage() {
  const { county_id } = useParams({ from: '/counties/$county_id' });
  const county = useQuery(countyQuery(county_id));
  return <Shown query={county} title={m.sale.county}>{(known) => <Known county={known} />}</Shown>;
}
