import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';

import { ScrollTable } from '@/components/ui/facts';
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
          <ScrollTable caption={m.county.sales} headed>
            <thead>
              <tr>
                <th scope="col">{m.nav.sales}</th>
                <th scope="col">{m.sale.status}</th>
                <th scope="col">{m.home.opens}</th>
                <th scope="col">{m.home.lastClose}</th>
                <th scope="col" className="number">{m.sale.certificates}</th>
              </tr>
            </thead>
            <tbody>
              {mine.map((sale) => (
                <tr key={sale.id}>
                  <th scope="row"><Link to="/sales/$auction_id" params={{ auction_id: sale.id }}>{sale.name}</Link></th>
                  <td><SaleStatus of={sale.status} /></td>
                  <td><Instant at={sale.start_date} zone={sale.time_zone} /></td>
                  <td><Instant at={sale.end_date} zone={sale.time_zone} /></td>
                  <td className="number">{count(sale.items)}</td>
                </tr>
              ))}
            </tbody>
          </ScrollTable>
        );
      }}
    </Shown>
  );
}

function Known({ county }: { county: County }) {
  useBranding(county.settings);
  return (
    <Page title={`${county.name}, ${county.state}`} crumbs={[{ label: m.nav.sales, to: '/' }]}>
      <p>{m.county.where(county.state, county.time_zone)}</p>
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
