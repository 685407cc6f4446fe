import { init, type EChartsOption } from 'echarts';
import type { Chart, ChartPanel } from './chart.js';
import { lightColours, readableSvg } from './readable-svg.js';

const WIDTH = 960;
const HEIGHT = 420;
const MARGIN = 72;
const TOP = 124;

/** Draws a chart as SVG. Lines differ in dashes and marks too, so that nobody needs to tell colours apart. */
export function drawChart(chart: Chart): string {
  const drawing = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height: HEIGHT });
  try {
    drawing.setOption(optionOf(chart));
    return readableSvg(drawing.renderToSVGString(), chart.title, chart.description);
  } finally {
    drawing.dispose();
  }
}

function optionOf({ title, panels }: Chart): EChartsOption {
  const { ink, faint, lines: colours } = lightColours;
  const width = (WIDTH - MARGIN * (panels.length + 0.4)) / panels.length;
  const left = (index: number): number => MARGIN + index * (width + MARGIN);
  const text = { color: ink, fontSize: 13 };
  const axis = { axisLine: { lineStyle: { color: ink } }, axisTick: { lineStyle: { color: ink } }, axisLabel: text };
  return {
    animation: false,
    backgroundColor: lightColours.paper,
    title: [
      { text: title, left: 16, top: 12, textStyle: { color: ink, fontSize: 17 }, borderColor: ink },
      ...panels.map((panel, index) => ({
        text: `${panel.title} (${panel.yLabel})`,
        left: left(index) - MARGIN / 2,
        top: TOP - 40,
        textStyle: { color: ink, fontSize: 14, fontWeight: 'normal' as const },
        borderColor: ink,
      })),
    ],
    legend: {
      borderColor: ink,
      top: 46,
      left: 12,
      itemWidth: 40,
      itemGap: 28,
      textStyle: text,
      data: [...new Set(panels.flatMap(({ lines }) => lines.map(({ label }) => label)))],
    },
    grid: panels.map((_, index) => ({ left: left(index), width, top: TOP, bottom: 62 })),
    xAxis: panels.map(({ xs, xLabel }, index) => ({
      ...axis,
      type: 'category' as const,
      gridIndex: index,
      data: [...xs],
      name: xLabel,
      nameLocation: 'middle' as const,
      nameGap: 34,
      nameTextStyle: text,
      boundaryGap: false,
    })),
    yAxis: panels.map(({ isLogarithmic }, index) => ({
      ...axis,
      type: isLogarithmic ? ('log' as const) : ('value' as const),
      gridIndex: index,
      splitLine: { lineStyle: { color: faint } },
      axisLabel: { ...text, formatter: (value: number) => value.toLocaleString('en') },
    })),
    series: panels.flatMap((panel, index) => seriesOf(panel, index, colours)),
  };
}

const marks = ['circle', 'rect', 'triangle', 'diamond'] as const;

function seriesOf(
  { lines }: ChartPanel,
  index: number,
  colours: readonly string[],
): EChartsOption['series'] & object[] {
  return lines.map(({ label, ys, colour, isDashed }) => ({
    type: 'line' as const,
    name: label,
    xAxisIndex: index,
    yAxisIndex: index,
    data: [...ys],
    symbol: marks[colour % marks.length]!,
    symbolSize: ys.length > 20 ? 4 : 8,
    color: colours[colour % colours.length]!,
    lineStyle: { width: 2, type: isDashed ? ('dashed' as const) : ('solid' as const) },
    emphasis: { disabled: true },
  }));
}
