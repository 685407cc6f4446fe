import { InvalidInput, Misuse } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import { type PartialFailure, partialSpec } from '../bulk/partial.js';
import { LeftOut } from '../bulk/row-faults.js';
import { chunks } from '../bulk/chunks.js';
import type { CreatorSpec } from '../creation.js';
import type { EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, unitSpec, type UnitWrite } from '../spec.js';
import { tripWithinScope } from '../within-scope.js';
import { type Repetitions, repetitions } from './repetitions.js';
import { upsertFailure } from './upsert-failure.js';
import { upsertedRows } from './upserted-rows.js';
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
 * for rows that are given twice, then each trip takes up to 1,000 rows.
 */
export function bulkUpserter<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  rule: BulkUpsertRule<Row> = {},
): UnitWrite<BulkUpsertResult> {
  if (!Array.isArray(specs as unknown)) throw new Misuse('A bulk of upserts takes a list.');
  const { repeated: onceEach = 'refuse' } = rule;
  if (onceEach !== 'refuse' && onceEach !== 'fold') throw new Misuse('Rows that are the same are refused, or folded.');
  const failure: UnitWrite<BulkUpsertResult>['failure'] = (error, catalog) =>
    upsertFailure(definition, catalog.mappingOf(definition.entity), [], error);
  const unit: UnitWrite<BulkUpsertResult>['unit'] = async (unit) => {
    if (specs.length === 0) return Object.freeze({ inserted: 0, updated: 0 });
    const within = <Result>(spec: StatementWrite<Result>, isFirst: boolean): StatementWrite<Result> =>
      tripWithinScope(definition, scope, spec, isFirst);
    const repeated = await unit.execute(within(repetitions(definition, scope, specs, rule), true));
    const once = onceEach === 'fold' ? folded(specs, repeated) : refused(specs, repeated);
    let [inserted, updated] = [0, 0];
    for await (const { from, items } of chunks(unit, once)) {
      const upserted = upsertedRows(definition, scope, items, rule, from);
      const counts = await unit.execute(within(upserted, false));
      if (counts.refusal !== null) throw counts.refusal;
      inserted += counts.inserted;
      updated += counts.updated;
    }
    return Object.freeze({ inserted, updated });
  };
  return unitSpec('bulkUpsert', unit, { failure });
}

/** How many of many upserts were done, and why the others could not be. */
export interface PartialUpsertResult<Item> extends BulkUpsertResult {
  readonly failures: readonly PartialFailure<Item>[];
}

/** Does what can be done of many upserts, in the order given: a row may well be there twice. */
export function partialUpserter<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  specs: readonly CreatorSpec<Row>[],
  rule: UpsertRule<Row> = {},
): UnitWrite<PartialUpsertResult<CreatorSpec<Row>>> {
  const partial = partialSpec('bulkUpsertPartial', specs, (items, from) => {
    const upserted = upsertedRows(definition, scope, items, rule, from);
    return mapped(tripWithinScope(definition, scope, upserted, from === 0), ({ inserted, updated, refusal }) => {
      if (refusal !== null && items.length > 1) throw new LeftOut();
      return [
        ...Array<boolean>(inserted).fill(true),
        ...Array<boolean>(updated).fill(false),
        ...(refusal === null ? [] : [refusal]),
      ];
    });
  });
  return unitSpec(
    partial.name,
    async (unit) => {
      const { successes, failures } = await partial.unit(unit);
      const inserted = successes.filter((isNew) => isNew).length;
      return Object.freeze({ inserted, updated: successes.length - inserted, failures });
    },
    partial,
  );
}

/** The same spec with another result. */
function mapped<Given, Made>(spec: StatementWrite<Given>, make: (given: Given) => Made): StatementWrite<Made> {
  const plan: StatementWrite<Made>['plan'] = (catalog, actor) => {
    const planned = spec.plan(catalog, actor);
    return { ...planned, finish: (sink) => make(planned.finish(sink)) };
  };
  return Object.freeze({ ...spec, plan });
}

function refused<Spec>(specs: readonly Spec[], { lists, order }: Repetitions): readonly Spec[] {
  const first = lists.toSorted(([a], [b]) => a! - b!)[0];
  if (first === undefined) return order.map((index) => specs[index]!);
  const message = `Rows ${first.join(', ')} are the same row: one upsert changes a row once.`;
  throw new InvalidInput('INVALID_VALUE', message, `/${first[1]!}`);
}

/** One row of those that are the same: what is given later stands, column by column. */
function folded<Row>(
  specs: readonly CreatorSpec<Row>[],
  { lists, order, ...rules }: Repetitions,
): readonly CreatorSpec<Row>[] {
  const all: (CreatorSpec<Row> | null)[] = [...specs];
  for (const indexes of lists) {
    const same = indexes.map((index) => specs[index]!);
    for (const index of indexes) all[index] = null;
    const values = same.reduce<object>(
      (sum, spec, i) => (i === 0 ? spec.values : laidOver(sum, spec.values, rules, '')),
      {},
    );
    all[indexes[0]!] = {
      values: values as CreatorSpec<Row>['values'],
      integrityErrorChecks: same.flatMap(({ integrityErrorChecks = [] }) => integrityErrorChecks),
    };
  }
  return order.map((index) => all[index]!).filter((spec) => spec !== null);
}

function laidOver(
  under: object,
  over: object,
  rules: Pick<Repetitions, 'embedded' | 'changeable'>,
  before: string,
): object {
  const merged = { ...under } as Record<string, unknown>;
  for (const [name, value] of Object.entries(over) as [string, unknown][]) {
    const path = before + name;
    if (value === undefined) continue;
    if (rules.embedded.has(path))
      merged[name] = laidOver((merged[name] ?? {}) as object, value as object, rules, `${path}.`);
    else if (rules.changeable.has(path)) merged[name] = value;
  }
  return merged;
}
