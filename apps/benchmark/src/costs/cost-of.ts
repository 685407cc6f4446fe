import type { Profiler } from 'node:inspector';

type CallFrame = Profiler.ProfileNode['callFrame'];

/** What takes time, in the order of the report; a function belongs to the first that it fits. */
const costs: readonly (readonly [title: string, fits: (frame: CallFrame) => boolean])[] = [
  ['none', ({ functionName, url }) => functionName === '(idle)' || (url === '' && functionName === 'dispatch')],
  ['garbage collection', ({ functionName }) => functionName === '(garbage collector)'],
  ['sending: system calls', ({ functionName, url }) => url === '' && /^(?:write|shutdown)/.test(functionName)],
  ['promises, AsyncLocalStorage', ({ functionName, url }) => isAsync(url) || /[mM]icrotasks?$/.test(functionName)],
  ['buffers and cryptography', ({ url }) => /^node:(?:internal\/)?(?:buffer|crypto)/.test(url)],
  ['sockets, timers, event loop', ({ url }) => url.startsWith('node:')],
  [
    'rows and values',
    ({ functionName, url }) =>
      functionName === 'decodeRow' ||
      /\/wire\/(?:decode|row)-|\/querier\/dist\/entity\/(?:encoders|column-type|timestamp|uuid-list|value-list)/.test(
        url,
      ),
  ],
  ['connections and messages', ({ url }) => /\/packages\/base\/dist\/(?:wire|session|commit)\//.test(url)],
  ['statements', ({ url }) => /\/packages\/(?:base|querier)\//.test(url)],
  ['policies and metrics', ({ url }) => /\/packages\/(?:resilience|operation|metrics)\/|\/prom-client\//.test(url)],
  ['pg', ({ url }) => /\/node_modules\/(?:pg|postgres)[^/]*\//.test(url)],
  ['what is compared itself', ({ url }) => url.includes('/apps/benchmark/')],
];

/** Where the engine runs code that no file says. */
const OTHER = 'the engine itself';

/** The titles of all costs. */
export const COSTS: readonly string[] = [...costs.slice(1).map(([title]) => title), OTHER];

/** Of those, what this repository's own code takes. */
export const OUR_COSTS: readonly string[] = [
  'rows and values',
  'connections and messages',
  'statements',
  'policies and metrics',
];

/** The time that each cost took in a profile, in microseconds. */
export function microsByCost({ nodes, samples, timeDeltas }: Profiler.Profile): ReadonlyMap<string, number> {
  const titles = new Map(nodes.map(({ id, callFrame }) => [id, costOf(callFrame)]));
  const micros = new Map<string, number>();
  samples!.forEach((id, i) => {
    const title = titles.get(id)!;
    micros.set(title, (micros.get(title) ?? 0) + timeDeltas![i]!);
  });
  micros.delete('none');
  return micros;
}

function costOf(frame: CallFrame): string {
  return costs.find(([, fits]) => fits(frame))?.[0] ?? OTHER;
}

function isAsync(url: string): boolean {
  return url === 'node:async_hooks' || url === 'node:internal/async_hooks';
}
