import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { DataTable } from '@/components/ui/data_table';
import { Facts } from '@/components/ui/facts';
import { Empty, Shown } from '@/components/ui/states';
import { Instant } from '@/components/ui/time';
import { api, type Got, unwrap } from '@/lib/api';
import { count, rate } from '@/lib/format';
import type { Batch } from '@/lib/queries';
import { m } from '@/messages';

// The open format: every bid is public while the batch runs.

type Lead = Got<'/api/v1/batches/{batch_id}/leads'>['items'][number];

/** Leads change with every bid, and nobody announces them. */
const askAgainMs = 5_000;
const bidsShown = 50;

const leadsQuery = (batch_id: string) =>
  queryOptions({
    queryKey: ['batch', batch_id, 'leads'],
    refetchInterval: askAgainMs,
    queryFn: async ({ signal }) => {
      const leads: Lead[] = [];
      let cursor: string | undefined;
      do {
        const page = unwrap(
          await api.GET('/api/v1/batches/{batch_id}/leads', {
            params: { path: { batch_id }, query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } },
            signal,
          }),
        );
        leads.push(...page.items);
        cursor = page.next_cursor ?? undefined;
      } while (cursor !== undefined);
      return leads;
    },
  });

const bidsQuery = (batch_id: string, adv_no: number) =>
  queryOptions({
    queryKey: ['batch', batch_id, 'open-bids', adv_no],
    refetchInterval: askAgainMs,
    queryFn: async ({ signal }) =>
      unwrap(
        await api.GET('/api/v1/batches/{batch_id}/items/{adv_no}/open-bids', {
          params: { path: { batch_id, adv_no }, query: { limit: bidsShown } },
          signal,
        }),
      ).items,
  });

interface LeadsProps {
  batch: Batch;
  auction_id: string;
  zone: string;
}

/** Who leads each item of a batch that has a bid. */
export function Leads({ batch, auction_id, zone }: LeadsProps) {
  const leads = useQuery(leadsQuery(batch.id));
  return (
    <Shown query={leads}>
      {(known) =>
        known.length === 0 ? <Empty>{m.leads.none}</Empty> : (
          <DataTable caption={m.leads.caption} headed
            columns={[{ label: m.columns.adv_no }, { label: m.columns.rate, number: true }, { label: m.columns.bids, number: true }, { label: m.batch.bidder }, { label: m.leads.ends }]}
            rows={known.map((lead) => ({
              key: String(lead.adv_no),
              cells: [
                <Link key="i" to="/sales/$auction_id/items/$adv_no" params={{ auction_id, adv_no: String(lead.adv_no) }}>{m.item.title(lead.adv_no)}</Link>,
                rate(lead.rate),
                count(lead.bids),
                <code key="b" className="wrap">{lead.bidder_ref}</code>,
                <Instant key="e" at={lead.ends_at} zone={zone} />,
              ],
            }))} />
        )}
    </Shown>
  );
}

/** The bids on one item, the latest first. */
export function OpenBids({ batch_id, adv_no, zone }: { batch_id: string; adv_no: number; zone: string }) {
  const leads = useQuery(leadsQuery(batch_id));
  const bids = useQuery(bidsQuery(batch_id, adv_no));
  const lead = leads.data?.find((each) => each.adv_no === adv_no);
  return (
    <>
      {lead && (
        <Facts of={[
          [m.leads.lead, <strong key="r">{rate(lead.rate)}</strong>],
          [m.columns.bids, count(lead.bids)],
          [m.leads.ends, <Instant key="e" at={lead.ends_at} zone={zone} />],
        ]} />
      )}
      <Shown query={bids}>
        {(known) =>
          known.length === 0 ? <Empty>{m.leads.noBids}</Empty> : (
            <DataTable caption={m.leads.bids(bidsShown)} headed
              columns={[{ label: m.columns.rate, number: true }, { label: m.batch.bidder }, { label: m.batch.acceptedAt }]}
              rows={known.map((bid) => ({
                key: `${bid.rate} ${bid.accepted_at}`,
                cells: [rate(bid.rate), <code key="b" className="wrap">{bid.bidder_ref}</code>, <Instant key="t" at={bid.accepted_at} zone={zone} />],
              }))} />
          )}
      </Shown>
    </>
  );
}
