import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';

import { LazyChart } from '@/components/charts/lazy_chart';
import { TextField } from '@/components/form/fields';
import { Facts } from '@/components/ui/facts';
import { Page } from '@/components/ui/page';
import { money, rate as percent } from '@/lib/format';
import { centsOf, decimalOf, returnOf } from '@/lib/returns';
import { m } from '@/messages';

const rateMaxBp = 1800n;
const stepBp = 25n;
const monthsMax = 84;
const chartMonths = Array.from({ length: 24 }, (_unused, month) => month + 1);

function rateOf(text: string): bigint | null {
  const bp = centsOf(text);
  return bp !== null && bp <= rateMaxBp && bp % stepBp === 0n ? bp : null;
}

const monthsOf = (text: string) => {
  const months = /^\d{1,2}$/.test(text.trim()) ? Number(text) : 0;
  return months >= 1 && months <= monthsMax ? months : null;
};

function Answer({ face, rate, months }: { face: bigint; rate: bigint; months: number }) {
  const found = returnOf(face, rate, months);
  const byMinimum = found.minimum > found.accrued;
  return (
    <>
      <div aria-live="polite">
        <Facts of={[
          [m.calculator.accrued, money(decimalOf(found.accrued))],
          [m.calculator.minimum, money(decimalOf(found.minimum))],
          [m.calculator.interest, `${money(decimalOf(found.interest))} (${byMinimum ? m.calculator.byMinimum : m.calculator.byRate})`],
          [m.calculator.receives, <strong key="r">{money(decimalOf(found.receives))}</strong>],
          [m.calculator.yearly, percent(decimalOf(found.yearlyBp))],
        ]} />
      </div>
      <LazyChart title={m.calculator.chart} labelName={m.calculator.month} labels={chartMonths.map(String)}
        series={[{ name: m.calculator.interest, values: chartMonths.map((month) => Number(decimalOf(returnOf(face, rate, month).interest))) }]} />
    </>
  );
}

export function CalculatorPage() {
  const search = useSearch({ from: '/calculator' });
  const [texts, setTexts] = useState({ face: search.face ?? '1000.00', rate: search.rate ?? '5.25', months: '6' });
  const face = centsOf(texts.face);
  const rate = rateOf(texts.rate);
  const months = monthsOf(texts.months);
  const set = (name: keyof typeof texts) => (value: string) => setTexts({ ...texts, [name]: value });
  return (
    <Page title={m.calculator.title}>
      <p className="usa-intro">{m.calculator.intro}</p>
      <div className="split">
        <form className="usa-form" onSubmit={(event) => event.preventDefault()}>
          <TextField name="face" label={m.calculator.face} inputMode="decimal" value={texts.face} onValue={set('face')}
            error={face === null ? m.calculator.malformedMoney : undefined} />
          <TextField name="rate" label={m.calculator.rate} inputMode="decimal" value={texts.rate} onValue={set('rate')}
            error={rate === null ? m.calculator.malformedRate : undefined} />
          <TextField name="months" label={m.calculator.months} inputMode="numeric" value={texts.months} onValue={set('months')}
            error={months === null ? m.calculator.malformedMonths : undefined} />
        </form>
        <section className="panel" aria-label={m.calculator.receives}>
          {face !== null && rate !== null && months !== null && <Answer face={face} rate={rate} months={months} />}
          <p className="quiet">{m.calculator.note}</p>
        </section>
      </div>
    </Page>
  );
}
