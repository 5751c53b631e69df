import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { Facts } from '@/components/ui/facts';
import { Page } from '@/components/ui/page';
import { Empty, Shown } from '@/components/ui/states';
import { SaleStatus } from '@/components/ui/status';
import { Instant } from '@/components/ui/time';
import { month } from '@/lib/format';
import { useLive } from '@/lib/live';
import { type Auction, auctionsQuery, countiesQuery } from '@/lib/queries';
import { m } from '@/messages';

const over = new Set(['closed', 'settled', 'canceled']);
const underWay = new Set(['open', 'paused', 'closing']);

function Sale({ sale }: { sale: Auction }) {
  return (
    <li className="sale-card">
      <h4><Link to="/sales/$auction_id" params={{ auction_id: sale.id }}>{sale.county_name}: {sale.name}</Link></h4>
      <p><SaleStatus of={sale.status} /></p>
      <Facts of={[
        [m.home.opens, <Instant key="o" at={sale.start_date} zone={sale.time_zone} />],
        [m.home.lastClose, <Instant key="c" at={sale.end_date} zone={sale.time_zone} />],
      ]} />
      <p className="quiet">{m.home.taxYear(sale.tax_year)}. {m.home.items(sale.items, sale.batches)}.</p>
    </li>
  );
}

/** The sales of one part of the calendar, month by month. */
function Months({ heading, sales }: { heading: string; sales: Auction[] }) {
  if (sales.length === 0) return null;
  const months = Map.groupBy(sales, (sale) =>
    sale.start_date ? month(sale.start_date, sale.time_zone) : m.home.noDate,
  );
  return (
    <section>
      <h3>{heading}</h3>
      {[...months].map(([name, ofMonth]) => (
        <div className="month" key={name}>
          <p className="month-name">{name}</p>
          <ul className="cards">{ofMonth.map((sale) => <Sale key={sale.id} sale={sale} />)}</ul>
        </div>
      ))}
    </section>
  );
}

const starts = (sale: Auction) => Date.parse(sale.start_date ?? '') || Infinity;

function Calendar({ sales }: { sales: Auction[] }) {
  if (sales.length === 0) return <Empty>{m.home.none}</Empty>;
  const sorted = sales.toSorted((a, b) => starts(a) - starts(b));
  return (
    <>
      <Months heading={m.home.underWay} sales={sorted.filter((sale) => underWay.has(sale.status))} />
      <Months heading={m.home.comingUp} sales={sorted.filter((sale) => !underWay.has(sale.status) && !over.has(sale.status))} />
      <Months heading={m.home.over} sales={sorted.filter((sale) => over.has(sale.status)).reverse()} />
    </>
  );
}

export function Home() {
  const sales = useQuery(auctionsQuery);
  const counties = useQuery(countiesQuery);
  useLive('sales', auctionsQuery.queryKey);
  return (
    <Page title={m.home.title}>
      <p className="usa-intro">{m.home.intro}</p>
      <div className="with-aside">
        <section aria-labelledby="calendar">
          <h2 id="calendar">{m.home.calendar}</h2>
          <Shown query={sales}>{(all) => <Calendar sales={all} />}</Shown>
        </section>
        <section aria-labelledby="what" className="panel">
          <h2 id="what">{m.home.whatHeading}</h2>
          <p>{m.home.what}</p>
          <p><Link to="/how-it-works">{m.home.more}</Link></p>
          <p><Link to="/calculator">{m.home.calculate}</Link></p>
        </section>
      </div>
      <section aria-labelledby="counties">
        <h2 id="counties">{m.home.counties}</h2>
        <Shown query={counties}>
          {(all) => all.length === 0 ? <Empty>{m.home.noCounties}</Empty> : (
            <ul className="columns">
              {all.map((county) => (
                <li key={county.id}>
                  <Link to="/counties/$county_id" params={{ county_id: county.id }}>{county.name}, {county.state}</Link>
                </li>
              ))}
            </ul>
          )}
        </Shown>
      </section>
    </Page>
  );
}
