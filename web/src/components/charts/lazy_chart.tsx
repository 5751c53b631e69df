import { lazy, Suspense } from 'react';

import { ScrollTable } from '@/components/ui/facts';
import { Loading } from '@/components/ui/states';
import { downloadText } from '@/lib/download';
import { m } from '@/messages';

import type { ChartProps } from './chart';

const Chart = lazy(() => import('./chart'));

const csvOf = ({ labelName, labels, series }: ChartProps) =>
  [
    [labelName, ...series.map((each) => each.name)],
    ...labels.map((label, row) => [label, ...series.map((each) => String(each.values[row] ?? ''))]),
  ].map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');

/** A chart, and what it shows as a table and as a file. */
export function LazyChart(props: ChartProps) {
  return (
    <figure className="chart">
      <figcaption>{props.title}</figcaption>
      <Suspense fallback={<Loading />}><Chart {...props} /></Suspense>
      <details>
        <summary>{m.chart.table}</summary>
        <ScrollTable caption={props.title}>
          <thead>
            <tr>
              <th scope="col">{props.labelName}</th>
              {props.series.map((each) => <th scope="col" className="number" key={each.name}>{each.name}</th>)}
            </tr>
          </thead>
          <tbody>
            {props.labels.map((label, row) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                {props.series.map((each) => <td className="number" key={each.name}>{each.values[row]}</td>)}
              </tr>
            ))}
          </tbody>
        </ScrollTable>
        <button type="button" className="usa-button usa-button--outline"
          onClick={() => downloadText(`${props.title}.csv`, 'text/csv', csvOf(props))}>{m.chart.csv}</button>
      </details>
    </figure>
  );
}
