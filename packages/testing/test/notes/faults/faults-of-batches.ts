import { type BatchResult, everyRow } from '@holdfast/base';
import type { Operation } from '../wrapped.js';
import { type Fault, fault } from './fault.js';

const batches: readonly Operation[] = ['batchUpdate', 'batchDelete', 'batchPurge'];

/** What can be wrong with batches. */
export const faultsOfBatches: readonly Fault[] = [
  fault('takes no condition for every row', /^batch\w+ refuses a condition/, batches, ({ args, call }) =>
    call(...args).catch(() => call(args[0], everyRow('a fault'), ...args.slice(2))),
  ),
  fault('takes no ids for every row', /^batch\w+ acts on nothing for no ids/, batches, ({ args, call }) => {
    const [scope, target, ...rest] = args;
    return call(scope, Array.isArray(target) && target.length === 0 ? everyRow('a fault') : target, ...rest);
  }),
  fault('counts what it was told of', /^batch\w+ acts on the ids/, batches, async ({ args, call }) => {
    const result = (await call(...args)) as BatchResult;
    return Array.isArray(args[1]) ? { count: args[1].length } : result;
  }),
  fault(
    'counts deleted rows',
    /^batch(Update|Delete) does not see deleted/,
    ['batchUpdate', 'batchDelete'],
    async ({ args, call }) => ({ count: ((await call(...args)) as BatchResult).count + 1 }),
  ),
  fault('leaves deleted rows', /^batchPurge acts on deleted/, 'batchPurge', async ({ args, call, sound }) => {
    const [scope, target] = args as [Parameters<typeof sound.loadMany>[0], readonly string[]];
    const live = await sound.loadMany(scope, target);
    return call(
      scope,
      live.filter((note) => note !== null).map(({ id }) => id),
    );
  }),
  fault('does not mind a change of nothing', /^batchUpdate refuses a change of nothing/, 'batchUpdate', (made) =>
    made.call(...made.args).catch(() => ({ count: 0 })),
  ),
  fault('knows no batches', /^batchPurge removes all in batches/, 'batchPurge', ({ args, call }) =>
    call(args[0], args[1]),
  ),
];
