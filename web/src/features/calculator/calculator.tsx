import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';

import { LazyChart } from '@/components/charts/lazy_chart';
import { DateField, TextField } from '@/components/form/fields';
import { Facts } from '@/components/ui/facts';
import { Page } from '@/components/ui/page';
import { localDay, money, month, rate as percent, shortMonth } from '@/lib/format';
import {
  type CalendarDate, type Cents, floridaRules, formatMoney, parseDate, parseMoney, parseRate, periodsCounted, quoteRedemption, yearlyReturn,
} from '@/lib/interest';
import { m } from '@/messages';

const rateMaxBp = 1800; // F.S. 197.172(2).
const stepBp = 25;
const monthsMax = 84; // A certificate expires after seven years, F.S. 197.482.
const chartMonths = Array.from({ length: 24 }, (_unused, index) => index + 1);

interface Given {
  face: Cents;
  rate: number;
  sold: CalendarDate;
  months: number;
}

/** The month of a sale and those after it; the first is number 1. */
const monthOf = ({ year, month: first }: CalendarDate, number: number) =>
  new Date(Date.UTC(year, first + number - 2, 1)).toISOString();
const monthName = (sold: CalendarDate, number: number) => month(monthOf(sold, number), 'UTC');

function faceOf(text: string): Cents | undefined {
  const face = parseMoney(text.trim());
  return face !== undefined && face > 0n ? face : undefined;
}

function rateOf(text: string): number | undefined {
  const bp = parseRate(text.trim());
  return bp !== undefined && bp <= rateMaxBp && bp % stepBp === 0 ? bp : undefined;
}

function monthsOf(sold: CalendarDate | undefined, redeemed: CalendarDate | undefined): number | undefined {
  const months = sold && redeemed && periodsCounted(floridaRules.accrual, sold, redeemed);
  return months !== undefined && months <= monthsMax ? months : undefined;
}

function Answer({ face, rate, sold, months }: Given) {
  const quote = quoteRedemption(floridaRules, face, rate, months);
  const dollars = (cents: Cents) => money(formatMoney(cents));
  const counts = quote.minimum > quote.accrued ? m.calculator.byMinimum : m.calculator.byRate;
  return (
    <>
      <div aria-live="polite">
        <Facts of={[
          [m.calculator.months, m.calculator.monthsCounted(months, monthName(sold, 1), monthName(sold, months))],
          [m.calculator.accrued, dollars(quote.accrued)],
          [m.calculator.minimum, dollars(quote.minimum)],
          [m.calculator.interest, `${dollars(quote.interest)} (${counts})`],
          [m.calculator.receives, <strong key="r">{dollars(quote.holderReceives)}</strong>],
          [m.calculator.yearly, percent(formatMoney(yearlyReturn(quote, face, floridaRules.accrual) ?? 0n))],
          [m.calculator.ownerPays, m.calculator.withFee(dollars(quote.ownerPays), dollars(quote.fee))],
        ]} />
      </div>
      <LazyChart title={m.calculator.chart} labelName={m.calculator.month} labels={chartMonths.map((number) => shortMonth(monthOf(sold, number), 'UTC'))}
        series={[{ name: m.calculator.interest, values: chartMonths.map((number) => formatMoney(quoteRedemption(floridaRules, face, rate, number).interest)) }]} />
    </>
  );
}

const dayMs = 86_400_000;

export function CalculatorPage() {
  const search = useSearch({ from: '/calculator' });
  const [texts, setTexts] = useState(() => {
    const sold = search.sold ?? localDay(Date.now());
    const half = new Date(`${sold}T00:00:00Z`).getTime() + 183 * dayMs;
    return { face: search.face ?? '1000.00', rate: search.rate ?? '5.25', sold, redeemed: Number.isNaN(half) ? '' : localDay(half, 'UTC') };
  });
  const set = (name: keyof typeof texts) => (value: string) => setTexts({ ...texts, [name]: value });
  const face = faceOf(texts.face);
  const rate = rateOf(texts.rate);
  const sold = parseDate(texts.sold);
  const months = monthsOf(sold, parseDate(texts.redeemed));
  const wrong = (isWrong: boolean, text: string) => (isWrong ? text : undefined);
  return (
    <Page title={m.calculator.title}>
      <p className="usa-intro">{m.calculator.intro}</p>
      <div className="split">
        <form className="usa-form" onSubmit={(event) => event.preventDefault()}>
          <TextField name="face" label={m.calculator.face} inputMode="decimal" value={texts.face} onValue={set('face')}
            error={wrong(face === undefined, m.calculator.malformedMoney)} />
          <TextField name="rate" label={m.calculator.rate} inputMode="decimal" value={texts.rate} onValue={set('rate')}
            error={wrong(rate === undefined, m.calculator.malformedRate)} />
          <DateField name="sold" label={m.calculator.sold} value={texts.sold} onValue={set('sold')}
            error={wrong(sold === undefined, m.calculator.malformedDay)} />
          <DateField name="redeemed" label={m.calculator.redeemed} hint={m.calculator.redeemedHint} value={texts.redeemed} onValue={set('redeemed')}
            error={wrong(sold !== undefined && months === undefined, m.calculator.malformedRedeemed)} />
        </form>
        <section className="panel" aria-label={m.calculator.receives}>
          {face !== undefined && rate !== undefined && sold !== undefined && months !== undefined && <Answer face={face} rate={rate} sold={sold} months={months} />}
          <p className="quiet">{m.calculator.note}</p>
        </section>
      </div>
    </Page>
  );
}
