import { metricNames } from '../prometheus/metric-names.js';
import type { ObservabilityFilesArgs } from './observability-files-args.js';

/** What the lines of a histogram add to its name. */
const suffixes = ['', '_bucket', '_sum', '_count'];

/** Puts the names that metrics have on a page in the place of their default names. Throws Misuse, as an observer would. */
export function renamedMetrics(args: ObservabilityFilesArgs): (text: string) => string {
  const renamed = metricNames(args);
  const names = new Map<string, string>();
  for (const [at, { name, type }] of metricNames().entries()) {
    const wanted = renamed[at]!.name;
    const ending = args.openMetrics === true && type === 'counter' && !wanted.endsWith('_total') ? '_total' : '';
    for (const suffix of type === 'histogram' ? suffixes : ['']) names.set(name + suffix, wanted + suffix + ending);
  }
  return (text) => text.replace(/\bbackendai_\w+/g, (name) => names.get(name) ?? name);
}
