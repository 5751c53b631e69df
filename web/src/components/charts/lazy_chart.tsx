import { lazy, Suspense } from 'react';

import { DataTable } from '@/components/ui/data_table';
import { Loading } from '@/components/ui/states';
import { formatCsv } from '@/lib/csv';
import { downloadText } from '@/lib/download';
import { m } from '@/messages';

import type { ChartProps } from './chart';
import { shownValue } from './value';

const Chart = lazy(() => import('./chart'));

const csvOf = ({ labelName, labels, series }: ChartProps) =>
  formatCsv([
    [labelName, ...series.map((each) => each.name)],
    ...labels.map((label, row) => [label, ...series.map((each) => String(each.values[row] ?? ''))]),
  ]);

/** A chart, and what it shows as a table and as a file. */
export function LazyChart(props: ChartProps) {
  return (
    <figure className="chart">
      <figcaption>{props.title}</figcaption>
      <Suspense fallback={<Loading />}><Chart {...props} /></Suspense>
      <details>
        <summary>{m.chart.table}</summary>
        <DataTable caption={props.title}
          columns={[{ label: props.labelName }, ...props.series.map(({ name }) => ({ label: name, number: true }))]}
          rows={props.labels.map((label, row) => ({ key: label, cells: [label, ...props.series.map(({ values }) => shownValue(values[row]))] }))} />
        <button type="button" className="usa-button usa-button--outline"
          onClick={() => downloadText(`${props.title}.csv`, 'text/csv', csvOf(props))}>{m.chart.csv}</button>
      </details>
    </figure>
  );
}
