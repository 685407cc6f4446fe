import { avg, batchQuerier, count, countDistinct, max, min, sum } from '@holdfast/querier';
import { type Attempt, attempt, type Drive, together } from '../attempt.js';
import type { World } from '../world.js';
import { conditionsAt, inTurns } from './conditions.js';
import type { Condition } from './columns.js';
import { everyScope, type Kit } from './kit.js';
import { pages } from './search-drive.js';

const deleted = { includeDeleted: true };

/** Reads that make something else of rows than data: some of their columns, figures of groups, partitions of them all. */
export function readingDrives(kit: Kit): Readonly<Record<string, Drive>> {
  const { text, nullable, number } = kit.columns;
  const columns = [[text], [nullable, text]];
  const figures = {
    rows: count(),
    texts: count(text as never),
    different: countDistinct(text as never),
    first: min(text as never),
    last: max(text as never),
    ...(number === null ? {} : { sum: sum(number as never), mean: avg(number as never) }),
  };
  const conditioned = (make: (scope: unknown, condition: Condition) => Attempt): Drive => {
    return ({ mine, theirs }: World) => inTurns(everyScope(kit, mine), conditionsAt(kit, theirs), make);
  };
  const inEveryScope = (make: (scope: unknown) => readonly Attempt[]): Drive => {
    return ({ mine }) => everyScope(kit, mine).flatMap(make);
  };
  return {
    project: together(
      inEveryScope((scope) =>
        columns.flatMap((each) => pages.map((page) => attempt(scope, each, batchQuerier(page), deleted))),
      ),
      ({ mine }) =>
        inTurns(everyScope(kit, mine), kit.orders, (scope, orders) =>
          attempt(scope, [text], batchQuerier({ ...pages[4]!, orders })),
        ),
      conditioned((scope, condition) =>
        attempt(scope, [text], batchQuerier({ ...pages[0]!, conditions: [condition as never] })),
      ),
    ),
    aggregate: together(
      inEveryScope((scope) => [
        attempt(scope, { select: figures }, deleted),
        ...[text, nullable].map((by) => attempt(scope, { groupBy: [by], select: figures }, deleted)),
      ]),
      conditioned((scope, condition) =>
        attempt(scope, { groupBy: [nullable], select: figures, conditions: [condition] }, deleted),
      ),
    ),
    stream: streams(kit, conditioned, (scope, query) => attempt(scope, query, deleted)),
    streamColumns: streams(kit, conditioned, (scope, query) => attempt(scope, [text, nullable], query, deleted)),
  };
}

function streams(
  kit: Kit,
  conditioned: (make: (scope: unknown, condition: Condition) => Attempt) => Drive,
  make: (scope: unknown, query: object) => Attempt,
): Drive {
  return together(
    ({ mine }) => [
      ...everyScope(kit, mine).flatMap((scope) => [
        make(scope, {}),
        make(scope, { partitionSize: 1 }),
        make(scope, { maxRows: 2, truncate: true }),
      ]),
      ...inTurns(everyScope(kit, mine), kit.orders, (scope, orders) => make(scope, { orders, partitionSize: 2 })),
    ],
    conditioned((scope, condition) => make(scope, { conditions: [condition] })),
  );
}
