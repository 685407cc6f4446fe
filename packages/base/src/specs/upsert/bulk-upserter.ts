import { InvalidInput, isHoldfastError } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import { partialSpec, type PartialResult } from '../bulk/partial.js';
import { chunks } from '../bulk/chunks.js';
import type { CreatorSpec } from '../creation.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, unitSpec, type UnitWrite } from '../spec.js';
import { withinScope } from '../within-scope.js';
import { type Repetitions, repetitions } from './repetitions.js';
import { type Upserted, upsertedRows } from './upserted-rows.js';
import type { UpsertRule } from './upserter-spec.js';

/** How upserts of many rows find those that are there, what they change of them, and what of rows that come twice. */
export interface BulkUpsertRule<Row> extends UpsertRule<Row> {
  /**
   * What becomes of rows that are the same by the conflict target: `refuse` (default) throws InvalidInput with their
   * indexes; `fold` makes one of them, each over the one before, in the order given.
   */
  readonly repeated?: 'refuse' | 'fold';
}

/** What became of the rows of a bulk of upserts. */
export interface BulkUpsertResult {
  /** Rows that are new. */
  readonly inserted: number;
  /** Rows that were there, changed or, where nothing of them was to be changed, left as they are. */
  readonly updated: number;
}

/**
 * Creates or changes many rows, each with its own values, all or nothing: the seeds' BulkUpserter. One statement looks
 * for rows that are given twice, then each trip takes up to 1,000 rows, or 250 where there are more.
 */
export function bulkUpserter<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  rule: BulkUpsertRule<Row> = {},
): UnitWrite<BulkUpsertResult> {
  const within = <Result>(spec: StatementWrite<Result>, existenceChecks: boolean): StatementWrite<Result> =>
    withinScope(definition, scope, spec, { relations: false, existenceChecks });
  return unitSpec('bulkUpsert', async (unit) => {
    if (specs.length === 0) return Object.freeze({ inserted: 0, updated: 0 });
    const repeated = await unit.execute(within(repetitions(definition, scope, specs, rule), true));
    const once = rule.repeated === 'fold' ? folded(specs, repeated) : refused(specs, repeated);
    let inserted = 0;
    for await (const { from, items: chunk } of chunks(unit, once)) {
      const rows = await unit.execute(within(upsertedRows(definition, scope, chunk, rule, from), false));
      for (const row of rows) {
        if (isHoldfastError(row)) throw row;
        if (row.inserted) inserted++;
      }
    }
    return Object.freeze({ inserted, updated: once.length - inserted });
  });
}

/** Does what can be done of many upserts, in the order given: a row may well be there twice. */
export function partialUpserter<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  rule: UpsertRule<Row> = {},
): UnitWrite<PartialResult<Upserted, CreatorSpec<Row>>> {
  return partialSpec('bulkUpsertPartial', specs, (chunk, from) =>
    withinScope(definition, scope, upsertedRows(definition, scope, chunk, rule, from), {
      relations: false,
      existenceChecks: from === 0,
    }),
  );
}

function refused<Spec>(specs: readonly Spec[], { lists }: Repetitions): readonly Spec[] {
  const first = lists.toSorted(([a], [b]) => a! - b!)[0];
  if (first === undefined) return specs;
  const message = `Rows ${first.join(', ')} are the same row: one upsert changes a row once.`;
  throw new InvalidInput('INVALID_VALUE', message, `/${first[1]!}`);
}

/** One row of those that are the same: what is given later stands, column by column. */
function folded<Row>(
  specs: readonly CreatorSpec<Row>[],
  { lists, embedded }: Repetitions,
): readonly CreatorSpec<Row>[] {
  const all: (CreatorSpec<Row> | null)[] = [...specs];
  for (const indexes of lists) {
    const same = indexes.map((index) => specs[index]!);
    for (const index of indexes) all[index] = null;
    const values = same.reduce((sum, spec) => laidOver(sum, spec.values, embedded, ''), {});
    all[indexes[0]!] = {
      values: values as CreatorSpec<Row>['values'],
      integrityErrorChecks: same.flatMap(({ integrityErrorChecks = [] }) => integrityErrorChecks),
    };
  }
  return all.filter((spec) => spec !== null);
}

function laidOver(under: object, over: object, embedded: ReadonlySet<string>, before: string): object {
  const entries = Object.entries(over).filter(([, value]) => value !== undefined);
  const merged = entries.map(([name, value]: [string, unknown]) => {
    const below = (under as Readonly<Record<string, unknown>>)[name];
    const path = before + name;
    const areBoth = embedded.has(path) && typeof below === 'object' && below !== null;
    return [name, areBoth ? laidOver(below, value as object, embedded, `${path}.`) : value];
  });
  return { ...under, ...Object.fromEntries(merged) } as object;
}
