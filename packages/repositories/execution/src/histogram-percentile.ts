/**
 * A percentile of counted observations, as Prometheus' `histogram_quantile` has it: between the bounds of its bucket in
 * proportion; the first bucket begins at 0 where its bound is above 0, and is its bound otherwise; of what is above all
 * bounds, the greatest bound. NaN where nothing was observed.
 */
export function histogramPercentile(bounds: readonly number[], counts: readonly number[], fraction: number): number {
  const rank = fraction * counts.reduce((sum, count) => sum + count, 0);
  let below = 0;
  for (const [i, count] of counts.entries()) {
    if (count === 0 || below + count < rank) {
      below += count;
      continue;
    }
    const upper = bounds[i];
    if (upper === undefined) return bounds.at(-1)!;
    const lower = bounds[i - 1] ?? 0;
    if (i === 0 && upper <= 0) return upper;
    return lower + (upper - lower) * ((rank - below) / count);
  }
  return Number.NaN;
}
