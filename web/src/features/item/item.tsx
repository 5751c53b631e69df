import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';

import { Notice } from '@/components/ui/notice';
import { LazyChart } from '@/components/charts/lazy_chart';
import { Facts, ScrollTable } from '@/components/ui/facts';
import { Page } from '@/components/ui/page';
import { Empty, Shown } from '@/components/ui/states';
import { ItemStatus } from '@/components/ui/status';
import { useSaleBranding } from '@/components/ui/use_sale_branding';
import { api, type Got, unwrap } from '@/lib/api';
import { count, dash, date, money, rate } from '@/lib/format';
import { useLive } from '@/lib/live';
import { auctionQuery } from '@/lib/queries';
import { m } from '@/messages';

type Detail = Got<'/api/v1/auctions/{auction_id}/items/{adv_no}'>;

const itemQuery = (auction_id: string, adv_no: string) =>
  queryOptions({
    queryKey: ['auction', auction_id, 'item', adv_no],
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/api/v1/auctions/{auction_id}/items/{adv_no}', {
          params: { path: { auction_id, adv_no: Number(adv_no) } },
          signal,
        }),
      ),
  });

function Values({ values }: { values: Detail['values'] }) {
  if (values.length === 0) return <Empty>{m.item.noValues}</Empty>;
  const oldestFirst = values.toReversed();
  return (
    <>
      <ScrollTable caption={m.item.values} headed>
        <thead>
          <tr>
            <th scope="col">{m.item.date}</th>
            <th scope="col" className="number">{m.item.assessed}</th>
            <th scope="col" className="number">{m.item.just}</th>
            <th scope="col" className="number">{m.item.taxable}</th>
            <th scope="col">{m.item.source}</th>
          </tr>
        </thead>
        <tbody>
          {values.map((value) => (
            <tr key={value.valuation_date + value.source}>
              <th scope="row">{date(value.valuation_date)}</th>
              <td className="number">{money(value.assessed_value)}</td>
              <td className="number">{money(value.just_value)}</td>
              <td className="number">{money(value.taxable_value)}</td>
              <td>{value.source}</td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      {values.length > 1 && (
        <LazyChart title={m.item.valuesChart} labelName={m.item.date} kind={values.length > 2 ? 'line' : 'bar'}
          labels={oldestFirst.map((value) => date(value.valuation_date))}
          // A height on a screen, not an amount: nothing is computed with it.
          series={[{ name: m.item.assessed, values: oldestFirst.map((value) => Number(value.assessed_value)) }]} />
      )}
    </>
  );
}

function Others({ certificates }: { certificates: Detail['certificates'] }) {
  if (certificates.length === 0) return <Empty>{m.item.noOthers}</Empty>;
  return (
    <ScrollTable caption={m.item.others} headed>
      <thead>
        <tr>
          <th scope="col">{m.item.year}</th>
          <th scope="col">{m.columns.certificate_number}</th>
          <th scope="col">{m.columns.status}</th>
          <th scope="col" className="number">{m.columns.face}</th>
          <th scope="col" className="number">{m.columns.rate}</th>
        </tr>
      </thead>
      <tbody>
        {certificates.map((each) => (
          <tr key={`${each.tax_year} ${each.certificate_number}`}>
            <th scope="row">{each.tax_year}</th>
            <td>{each.certificate_number ?? dash}</td>
            <td>{m.words.certificate[each.status] ?? each.status}</td>
            <td className="number">{money(each.face_value)}</td>
            <td className="number">{rate(each.award_rate)}</td>
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

function Outcome({ item }: { item: Detail['item'] }) {
  if (item.status === 'offered') return <p>{m.item.pending}</p>;
  return (
    <Facts of={[
      [m.columns.rate, rate(item.rate)],
      [m.columns.bids, !item.bids ? dash : (
        <Link key="b" to="/batches/$batch_id/items/$adv_no" params={{ batch_id: item.batch_id, adv_no: String(item.adv_no) }}>{m.batch.show(item.bids)}</Link>
      )],
      [m.columns.tied, item.tied === null || item.tied === undefined ? dash : count(item.tied)],
    ]} />
  );
}

function Parcel({ detail }: { detail: Detail }) {
  const { item } = detail;
  return (
    <Facts of={[
      [m.item.number, item.parcel_id],
      [m.item.owner, item.owner_name ?? dash],
      [m.item.address, [item.address, item.city, detail.zip].filter(Boolean).join(', ') || dash],
      [m.item.use, item.use_code ?? detail.property_type ?? dash],
      [m.columns.homestead, item.homestead ? m.items.yes : m.items.no],
      [m.item.just, money(detail.just_value)],
      [m.item.assessed, money(item.assessed_value)],
      [m.item.taxable, money(detail.taxable_value)],
      [m.item.legal, detail.legal_description ?? dash],
    ]} />
  );
}

function Known({ detail, name }: { detail: Detail; name: string }) {
  const { item } = detail;
  const { auction_id } = useParams({ from: '/sales/$auction_id/items/$adv_no' });
  return (
    <Page title={m.item.title(item.adv_no)} crumbs={[
      { label: m.nav.sales, to: '/' },
      { label: name, to: `/sales/${auction_id}` },
      { label: m.items.title, to: `/sales/${auction_id}/items` },
    ]}>
      {item.withdrawn_reason !== null && item.withdrawn_reason !== undefined && (
        <Notice type="warning">{m.item.withdrawn(item.withdrawn_reason)}</Notice>
      )}
      <div className="split">
        <section aria-labelledby="certificate">
          <h2 id="certificate">{m.item.certificate}</h2>
          <Facts of={[
            [m.columns.status, <ItemStatus key="s" of={item.status} />],
            [m.columns.batch_number, <Link key="b" to="/batches/$batch_id" params={{ batch_id: item.batch_id }}>{m.item.toBatch(item.batch_number)}</Link>],
            [m.item.year, String(item.tax_year)],
            [m.item.face, <strong key="f">{money(item.face)}</strong>],
            [m.item.tax, money(detail.tax_amount)],
            [m.item.interest, money(detail.interest_amount)],
            [m.item.commission, money(detail.commission_amount)],
            [m.item.costs, money(detail.cost_amount)],
          ]} />
          <h2>{m.item.result}</h2>
          <Outcome item={item} />
          <p><Link to="/calculator" search={{ face: item.face, rate: item.rate ?? undefined }}>{m.item.calculate}</Link></p>
        </section>
        <section className="panel" aria-labelledby="parcel">
          <h2 id="parcel">{m.item.parcel}</h2>
          <Parcel detail={detail} />
        </section>
      </div>
      <h2>{m.item.values}</h2>
      <Values values={detail.values} />
      <h2>{m.item.others}</h2>
      <Others certificates={detail.certificates} />
    </Page>
  );
}

export function ItemPage() {
  const { auction_id, adv_no } = useParams({ from: '/sales/$auction_id/items/$adv_no' });
  const detail = useQuery(itemQuery(auction_id, adv_no));
  const sale = useQuery(auctionQuery(auction_id));
  useSaleBranding(sale.data?.county_id);
  useLive(`sale:${auction_id}`, ['auction', auction_id]);
  return <Shown query={detail} title={m.item.certificate}>{(known) => <Known detail={known} name={sale.data?.name ?? m.sale.title} />}</Shown>;
}
