import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

register([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

export interface ChartProps {
  title: string;
  labels: string[];
  labelName: string;
  series: { name: string; values: number[] }[];
  kind?: 'bar' | 'line';
  stacked?: boolean;
}

// Okabe and Ito's colours, which people tell apart whatever colours they see; light enough on dark,
// dark enough on light.
const palette = ['#0072b2', '#d55e00', '#009e73', '#cc79a7'];

function optionsOf({ labels, labelName, series, kind = 'bar', stacked = false }: ChartProps, ink: string) {
  const text = { color: ink, fontFamily: 'inherit' };
  return {
    animation: false,
    color: palette,
    textStyle: text,
    grid: { left: 8, right: 16, top: 40, bottom: 40, containLabel: true },
    legend: series.length > 1 ? { top: 0, textStyle: text } : undefined,
    xAxis: { type: 'category', data: labels, name: labelName, nameLocation: 'middle', nameGap: 28, axisLabel: text, nameTextStyle: text },
    yAxis: { type: 'value', min: 0, axisLabel: text },
    series: series.map((each) => ({
      type: kind,
      name: each.name,
      data: each.values,
      barMaxWidth: 48,
      ...(stacked ? { stack: 'all' } : {}),
      ...(series.length === 1 ? { label: { show: labels.length <= 24, position: 'top', ...text } } : {}),
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
    const draw = () => chart.setOption(optionsOf(JSON.parse(shown) as ChartProps, getComputedStyle(element).color));
    draw();
    const size = new ResizeObserver(() => chart.resize());
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
