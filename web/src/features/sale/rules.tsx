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
            [m.rules.format, known.format === 'proxy' ? m.rules.proxy : m.rules.sealed],
            [m.rules.start, rate(known.rate_start)],
            [m.rules.step, rate(known.rate_step)],
            [m.rules.floor, rate(known.rate_floor)],
            [m.rules.zero, known.zero_bids === 'allowed' ? m.rules.allowed : m.rules.refused],
            [m.rules.tie, known.tie === 'random' ? m.rules.random : m.rules.first],
            [m.rules.deposit, m.rules.depositText(known.deposit_percent) + (/[1-9]/.test(known.deposit_minimum) ? m.rules.depositLeast(money(known.deposit_minimum)) : '')],
            [m.rules.costs, money(known.certificate_costs)],
            [m.rules.results, known.results_visibility === 'all_bids' ? m.rules.allBids : m.rules.winners],
          ]} />
        )}
      </Shown>
    </section>
  );
}
