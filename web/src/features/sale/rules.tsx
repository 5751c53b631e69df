import { useQuery } from '@tanstack/react-query';

import { Facts } from '@/components/ui/facts';
import { Shown } from '@/components/ui/states';
import { money, rate } from '@/lib/format';
import { rulesQuery } from '@/lib/queries';
import { m } from '@/messages';

export function RulesCard({ auction_id }: { auction_id: string }) {
  const rules = useQuery(rulesQuery(auction_id));
  return (
    <section className="panel" aria-labelledby="rules">
      <h2 id="rules">{m.rules.heading}</h2>
      <Shown query={rules}>
        {(known) => (
          <Facts of={[
            [m.rules.format, m.rules.formats[known.format]],
            ...(known.format === 'open' ? ([[m.rules.extension, m.rules.extensionText(known.extension_minutes ?? null, known.extensions_max)]] as [string, string][]) : []),
            [m.rules.start, rate(known.rate_start)],
            [m.rules.step, rate(known.rate_step)],
            [m.rules.floor, rate(known.rate_floor)],
            [m.rules.zero, known.zero_bids === 'allowed' ? m.rules.allowed : m.rules.refused],
            [m.rules.tie, known.format === 'open' ? m.rules.noTies : known.tie === 'random' ? m.rules.random : m.rules.first],
            [m.rules.deposit, m.rules.depositText(known.deposit_percent) + (/[1-9]/.test(known.deposit_minimum) ? m.rules.depositLeast(money(known.deposit_minimum)) : '')],
            [m.rules.budget, known.format === 'open' ? m.rules.leads : known.budget_model === 'at_award' ? m.rules.atAward : m.rules.exposure],
            [m.rules.who, m.rules.whoText(known.w9_yearly, known.foreign_bidders)],
            [m.rules.default, known.on_default === 'readvertise' ? m.rules.readvertise : m.rules.countyHeld],
            [m.rules.results, known.results_visibility === 'all_bids' ? m.rules.allBids : m.rules.winners],
            [m.rules.face, m.rules.faceText(rate(known.interest_minimum_percent), rate(known.commission_percent), known.commission_base === 'tax')],
            [m.rules.costs, money(known.certificate_costs)],
            [m.rules.homestead, m.rules.homesteadText(money(known.homestead_minimum))],
            [m.rules.accrual, m.rules.accruals[known.redemption_accrual]],
            [m.rules.minimum, m.rules.minimumText(rate(known.redemption_minimum_percent), known.redemption_minimum_at_zero_rate)],
            [m.rules.fees, m.rules.feesText(money(known.redemption_fee), money(known.purchase_fee), money(known.transfer_fee), money(known.tax_deed_fee))],
            [m.rules.cancellation, m.rules.cancellationText(rate(known.cancellation_rate_max))],
          ]} />
        )}
      </Shown>
    </section>
  );
}
