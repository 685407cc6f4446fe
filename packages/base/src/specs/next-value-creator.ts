import { InvalidInput, Misuse } from '@holdfast/errors';
import { type ColumnKey, compileScope, encodeValue, type KeysOfKind, type Scope, SqlWriter } from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../entity/entity-mapping.js';
import { advisoryLockSpec } from '../locks/advisory-lock-spec.js';
import { castOf } from './cast-of.js';
import { type Cells, type Creation, type CreatorSpec, creationOf } from './creation.js';
import { creationFailure } from './creation-failure.js';
import { type EntityDefinition, onlyCreated } from './entity-definition.js';
import { lockSpec, type StatementWrite, unitSpec, type UnitWrite, type WriteSpec, writeSpec } from './spec.js';
import { withinScope } from './within-scope.js';

/** How the next value is found: the seeds' NextValuePolicy. */
export interface NextValueRule<Row> {
  /** The column that is set: a whole number. */
  readonly column: KeysOfKind<Row, 'scalar'>;
  /** The columns whose rows are counted together, e.g. the parent's id; the new row gives them. None: all of the scope. */
  readonly per?: readonly ColumnKey<Row>[];
  /** From one value to the next, at least 1; the first value too. Default 1. */
  readonly gap?: number;
  /**
   * What is locked while the value is found, e.g. the parent's row: `parents.get(scope, id, { lock: 'update' })`. Default:
   * an advisory lock of the column and the values of `per`.
   */
  readonly lock?: WriteSpec<unknown>;
}

/**
 * Creates one row with the next value of a column: no two rows of the same `per` get the same one, whoever creates at the
 * same time. Two statements in one transaction. The seeds' next-value creator.
 */
export function nextValueCreator<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  spec: CreatorSpec<Row>,
  rule: NextValueRule<Row>,
): UnitWrite<Data> {
  const { gap = 1 } = rule;
  if (!Number.isSafeInteger(gap) || gap < 1) throw new Misuse('The gap of a next value is a whole number, at least 1.');
  const creation = creationOf(definition, scope, spec);
  const within = <Result>(one: StatementWrite<Result>, existenceChecks: boolean): StatementWrite<Result> =>
    withinScope(definition, scope, one, { relations: false, existenceChecks });
  return unitSpec('createNext', async (unit) => {
    if (rule.lock === undefined) await unit.execute(within(countersLock(definition, creation, rule), true));
    else await unit.execute(rule.lock);
    // A statement of its own: it sees what whoever held the lock before has committed.
    return unit.execute(
      within(insertion(definition, scope, spec, creation, { ...rule, gap }), rule.lock !== undefined),
    );
  });
}

function countersLock<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  creation: Creation,
  rule: NextValueRule<Row>,
): StatementWrite<void> {
  return lockSpec('createNext', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const per = perCells(mapping, creation.cells(mapping, actor, ''), rule);
    const texts = per.map(([, value]) => value);
    const name = JSON.stringify(['next value', mapping.table, rule.column, ...texts]);
    return advisoryLockSpec(name, false).plan(catalog);
  });
}

function insertion<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  spec: CreatorSpec<Row>,
  creation: Creation,
  rule: NextValueRule<Row> & { readonly gap: number },
): StatementWrite<Data> {
  return writeSpec('createNext', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const next = mapping.column(rule.column);
    const writer = new SqlWriter();
    const cells = creation.cells(mapping, actor, '');
    if (next.type.conversion !== undefined) {
      throw new Misuse(`${mapping.name}.${rule.column} has a transformer: there is no next value of it.`);
    }
    if (cells.some(([column]) => column === next)) {
      throw new InvalidInput('INVALID_VALUE', `${rule.column} is found, not given.`, `/${rule.column}`);
    }
    const parameters = new Map(cells.map(([column, value]) => [column, writer.text(value, castOf(column))]));
    // IS NOT DISTINCT FROM would be looked up in no index.
    const same = perCells(mapping, cells, rule).map(([column, text]) =>
      text === null ? `${column.sql} IS NULL` : `${column.sql} = ${parameters.get(column)!}`,
    );
    const where = [...same, compileScope(mapping, scope, writer)].filter((part) => part !== 'TRUE').join(' AND ');
    const gap = writer.text(encodeValue(next.type, rule.gap, '/gap'), castOf(next));
    const found = `SELECT coalesce(max(${next.sql}), 0) + ${gap} FROM ${mapping.table} WHERE ${where || 'TRUE'}`;
    const names = [...parameters.keys(), next].map(({ sql }) => sql).join(', ');
    return {
      statement: mapping.returningRows(
        `INSERT INTO ${mapping.table} (${names}) VALUES (${[...parameters.values(), `(${found})`].join(', ')}) RETURNING ${mapping.list}`,
      ),
      values: writer.values,
      finish: ({ rows }) => onlyCreated(definition, mapping, rows),
      failure: (error) => creationFailure(definition, mapping, [spec], error),
    };
  });
}

/** What the new row gives of the columns that are counted by. Throws InvalidInput where it gives them not. */
function perCells<Row>(mapping: EntityMapping, cells: Cells, { per = [] }: NextValueRule<Row>): Cells {
  return per.map((property): readonly [MappedColumn, string | null] => {
    const column = mapping.column(property);
    const cell = cells.find(([given]) => given === column);
    if (cell === undefined) {
      throw new InvalidInput('MISSING_VALUE', `The next value is found per ${property}.`, `/${property}`);
    }
    return cell;
  });
}
