import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';

import { Notice } from '@/components/ui/notice';
import { LazyChart } from '@/components/charts/lazy_chart';
import { OpenBids } from '@/components/leads/leads';
import { DataTable } from '@/components/ui/data_table';
import { Facts } from '@/components/ui/facts';
import { Page } from '@/components/ui/page';
import { Empty, Shown } from '@/components/ui/states';
import { ItemStatus } from '@/components/ui/status';
import { useSaleCounty } from '@/components/ui/use_sale_county';
import { api, type Got, unwrap } from '@/lib/api';
import { count, dash, date, localDay, money, rate } from '@/lib/format';
import { useLive } from '@/lib/live';
import { type Auction, auctionQuery, batchQuery, rulesQuery } from '@/lib/queries';
import { namedUse } from '@/lib/uses';
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

const valueNames = [
  [m.item.just, 'just_value'],
  [m.item.assessed, 'assessed_value'],
  [m.item.taxable, 'taxable_value'],
] as const;

function Values({ values }: { values: Detail['values'] }) {
  if (values.length === 0) return <Empty>{m.item.noValues}</Empty>;
  const oldestFirst = values.toReversed();
  const known = valueNames.filter(([, key]) => values.some((value) => value[key]));
  return (
    <>
      <DataTable caption={m.item.values} headed
        columns={[{ label: m.item.date }, ...valueNames.map(([label]) => ({ label, number: true })), { label: m.item.source }]}
        rows={values.map((value) => ({
          key: value.valuation_date + value.source,
          cells: [date(value.valuation_date), ...valueNames.map(([, key]) => money(value[key])), m.item.sourceOf(value.source)],
        }))} />
      <LazyChart title={m.item.valuesChart} labelName={m.item.date} kind={values.length > 2 ? 'line' : 'bar'}
        labels={oldestFirst.map((value) => date(value.valuation_date))}
        series={known.map(([name, key]) => ({ name, values: oldestFirst.map((value) => value[key] ?? null) }))} />
    </>
  );
}

function Others({ certificates }: { certificates: Detail['certificates'] }) {
  if (certificates.length === 0) return <Empty>{m.item.noOthers}</Empty>;
  return (
    <DataTable caption={m.item.others} headed
      columns={[{ label: m.item.year }, { label: m.columns.certificate_number }, { label: m.columns.status }, { label: m.columns.face, number: true }, { label: m.columns.rate, number: true }, { label: m.item.issued }, { label: m.item.redeemed }]}
      rows={certificates.map((each) => ({
        key: `${each.tax_year} ${each.certificate_number}`,
        cells: [each.tax_year, each.certificate_number ?? dash, m.words.certificate[each.status] ?? each.status, money(each.face_value), rate(each.award_rate), date(each.issue_date), date(each.redemption_date)],
      }))} />
  );
}

function Outcome({ item, sale }: { item: Detail['item']; sale: Auction | undefined }) {
  const rules = useQuery({ ...rulesQuery(sale?.id ?? ''), enabled: sale !== undefined });
  const batch = useQuery({ ...batchQuery(item.batch_id), enabled: rules.data?.format === 'open' });
  if (item.status === 'offered' && sale && batch.data?.opened)
    return (
      <>
        <h2>{m.leads.onItem}</h2>
        <OpenBids batch_id={item.batch_id} adv_no={item.adv_no} zone={sale.time_zone} />
      </>
    );
  return (
    <>
      <h2>{m.item.result}</h2>
      {item.status === 'offered' ? <p>{m.item.pending}</p> : <Result item={item} />}
    </>
  );
}

function Result({ item }: { item: Detail['item'] }) {
  return (
    <Facts of={[
      [m.columns.rate, rate(item.rate)],
      [m.columns.bids, !item.bids ? count(item.bids) : (
        <Link key="b" to="/batches/$batch_id/items/$adv_no" params={{ batch_id: item.batch_id, adv_no: String(item.adv_no) }}>{m.batch.show(item.bids)}</Link>
      )],
      [m.columns.tied, item.status === 'awarded' ? count(item.tied) : dash],
    ]} />
  );
}

function Parcel({ detail, state }: { detail: Detail; state: string | undefined }) {
  const { item } = detail;
  // The roll's own word says more than the state's.
  const use = item.use_code && (detail.property_type ? m.item.useOf(item.use_code, detail.property_type) : namedUse(state, item.use_code));
  return (
    <Facts of={[
      [m.item.number, item.parcel_id],
      [m.item.owner, item.owner_name ?? dash],
      [m.item.address, [item.address, item.city, detail.zip].filter(Boolean).join(', ') || dash],
      [m.item.use, (use || detail.property_type) ?? dash],
      [m.columns.homestead, item.homestead ? m.items.yes : m.items.no],
      [m.item.just, money(detail.just_value)],
      [m.item.assessed, money(item.assessed_value)],
      [m.item.taxable, money(detail.taxable_value)],
      [m.item.legal, detail.legal_description ?? dash],
    ]} />
  );
}

function Known({ detail, sale, state }: { detail: Detail; sale: Auction | undefined; state: string | undefined }) {
  const { item } = detail;
  const sold = sale?.end_date ? localDay(Date.parse(sale.end_date), sale.time_zone) : undefined;
  const { auction_id } = useParams({ from: '/sales/$auction_id/items/$adv_no' });
  return (
    <Page title={m.item.title(item.adv_no)} crumbs={[
      { label: m.nav.sales, to: '/' },
      { label: sale?.name ?? m.sale.title, to: `/sales/${auction_id}` },
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
          <Outcome item={item} sale={sale} />
          <p><Link to="/calculator" search={{ face: item.face, rate: item.rate ?? undefined, sold }}>{m.item.calculate}</Link></p>
        </section>
        <section className="panel" aria-labelledby="parcel">
          <h2 id="parcel">{m.item.parcel}</h2>
          <Parcel detail={detail} state={state} />
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
  const county = useSaleCounty(sale.data?.county_id);
  useLive(`sale:${auction_id}`, ['auction', auction_id]);
  return <Shown query={detail} title={m.item.certificate}>{(known) => <Known detail={known} sale={sale.data} state={county?.state} />}</Shown>;
}
