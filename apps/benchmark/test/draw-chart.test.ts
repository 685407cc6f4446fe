import { describe, expect, it } from '@jest/globals';
import { drawChart } from '../src/figures/draw-chart.js';
import { lightColours } from '../src/figures/readable-svg.js';

const chart = {
  title: 'Time & depth',
  description: 'From 0 to 10 rows, time goes to < 2 times.',
  panels: [
    {
      title: 'Time per page',
      xLabel: 'rows before the page',
      yLabel: 'ms',
      isLogarithmic: false,
      xs: ['0', '10'],
      lines: [
        { label: 'cursor page', ys: [1, 1], colour: 0, isDashed: false },
        { label: 'offset page', ys: [1, 2], colour: 1, isDashed: true },
      ],
    },
  ],
};

describe('A drawn chart', () => {
  const svg = drawChart(chart);

  it('tells its title and what is seen to who does not see it', () => {
    expect(svg).toContain('role="img" aria-labelledby="title description"');
    expect(svg).toContain('<title id="title">Time &amp; depth</title>');
    expect(svg).toContain('<desc id="description">From 0 to 10 rows, time goes to &lt; 2 times.</desc>');
  });

  it('names axes with their units, and lines', () => {
    for (const text of ['Time per page (ms)', 'rows before the page', 'cursor page', 'offset page']) {
      expect(svg).toContain(`>${text}</text>`);
    }
  });

  it('has a dark colour for each that it is drawn with', () => {
    const used = new Set(svg.split('</style>')[1]!.match(/#[0-9a-f]{6}/g));
    const known: readonly string[] = [lightColours.paper, lightColours.ink, lightColours.faint, ...lightColours.lines];

    expect([...used].filter((colour) => !known.includes(colour))).toEqual([]);
    for (const colour of used) expect(svg).toContain(`[fill="${colour}"]`);
  });

  it('is the same each time', () => {
    expect(drawChart(chart)).toBe(svg);
  });
});
