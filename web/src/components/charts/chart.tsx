import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

import { type ChartValue, shownValue } from './value';

register([BarChart, LineChart, GridComponent, LegendComponent, LabelLayout, SVGRenderer]);

export interface ChartProps {
  title: string;
  labels: string[];
  labelName: string;
  series: { name: string; values: ChartValue[] }[];
  kind?: 'bar' | 'line';
  stacked?: boolean;
}

// Okabe and Ito's colours, which people tell apart whatever colours they see; light enough on dark,
// dark enough on light. Beside each what can be read on it.
const palette = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];
const inks = ['#fff', '#000', '#000', '#000'];

interface Look {
  ink: string;
  line: string;
  font: string;
  /** The names of the series take two lines. */
  narrow: boolean;
}

const narrowPx = 480;

function lookOf(element: HTMLElement): Look {
  const style = getComputedStyle(element);
  return { ink: style.color, line: style.borderTopColor, font: style.fontFamily, narrow: element.clientWidth < narrowPx };
}

function optionsOf({ labels, labelName, series, kind = 'bar', stacked = false }: ChartProps, { ink, line, font, narrow }: Look) {
  const text = { color: ink, fontFamily: font };
  const shown = series.map(({ values }) => values.map(shownValue));
  const isMoney = series.some(({ values }) => values.some((value) => typeof value === 'string'));
  return {
    animation: false,
    color: palette,
    textStyle: text,
    grid: { left: 8, right: 28, top: narrow && series.length > 2 ? 72 : 40, bottom: 40, containLabel: true },
    legend: series.length > 1 ? { top: 0, itemGap: 24, textStyle: text } : undefined,
    xAxis: { type: 'category', data: labels, name: labelName, nameLocation: 'middle', nameGap: 28, axisLabel: { ...text, hideOverlap: true }, nameTextStyle: text },
    yAxis: { type: 'value', min: 0, axisLabel: { ...text, ...(isMoney ? { formatter: (value: number) => `$${value.toLocaleString('en-US')}` } : {}) }, splitLine: { lineStyle: { color: line } } },
    series: series.map((each, index) => ({
      type: kind,
      name: each.name,
      data: each.values.map((value) => (value === null ? null : Number(value))),
      barMaxWidth: 48,
      // What is written over something else is left out: the table has it.
      labelLayout: { hideOverlap: true },
      label: {
        show: true,
        position: stacked ? 'inside' : 'top',
        ...text,
        ...(stacked ? { color: inks[index % inks.length] } : {}),
        // No room is in a part of a stack that is nought.
        formatter: ({ dataIndex }: { dataIndex: number }) => (stacked && Number(each.values[dataIndex]) === 0 ? '' : (shown[index]?.[dataIndex] ?? '')),
      },
      ...(stacked ? { stack: 'all' } : {}),
    })),
  };
}

export default function Chart(props: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const shown = JSON.stringify(props);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const chart = init(element, null, { renderer: 'svg' });
    const draw = () => chart.setOption(optionsOf(JSON.parse(shown) as ChartProps, lookOf(element)));
    draw();
    const size = new ResizeObserver(() => {
      chart.resize();
      draw();
    });
    size.observe(element);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', draw);
    return () => {
      scheme.removeEventListener('change', draw);
      size.disconnect();
      chart.dispose();
    };
  }, [shown]);
  return <div ref={place} className="chart-area" role="img" aria-label={props.title} />;
}
