import { InvalidInput, Misuse } from '@holdfast/errors';
import {
  type ColumnKey,
  encodeElement,
  encodeValue,
  type KeysOfKind,
  ownRows,
  rowsOfEntity,
  type Scope,
  scopesOf,
  SqlWriter,
} from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../entity/entity-mapping.js';
import { AdvisoryLockNotAvailable } from '../errors/advisory-lock-not-available.js';
import { LockNotAvailable } from '../errors/database-error.js';
import { castOf } from './cast-of.js';
import { checkSeesLatest } from './check-sees-latest.js';
import { type Cells, type Creation, type CreatorSpec, creationOf } from './creation.js';
import { creationFailure } from './creation-failure.js';
import { type EntityDefinition, onlyCreated } from './entity-definition.js';
import { lockSpec, type StatementWrite, unitSpec, type UnitWrite, type WriteSpec, writeSpec } from './spec.js';
import { withinScope } from './within-scope.js';

/** How the next value is found: the seeds' NextValuePolicy. */
export interface NextValueRule<Row> {
  /** The column that is set: a whole number. */
  readonly column: KeysOfKind<Row, 'scalar'>;
  /**
   * The columns whose rows are counted together, e.g. the parent's id; the new row gives them. What the scope stamps comes
   * to them always, so that nobody sees the numbers of others or waits for them: a unique constraint holds these columns
   * too. Of a union they are those of the first scope that the row is in; `unscoped` has none, and must be told them here
   * where others create in a scope. Default: none besides.
   */
  readonly per?: readonly ColumnKey<Row>[];
  /** From one value to the next, at least 1; the first value too. Default 1. */
  readonly gap?: number;
  /**
   * What is locked while the value is found, e.g. the parent's row: `parents.get(scope, id, { lock: 'update' })`. Default:
   * an advisory lock of the column and the values that are counted by.
   */
  readonly lock?: WriteSpec<unknown>;
}

/**
 * Creates one row with the next value of a column: no two rows that are counted together get the same one, whoever creates
 * at the same time. Two statements in one transaction. Throws Misuse in a dbSession that is not read committed: what it
 * sees is older than the lock. The seeds' next-value creator.
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
  const counted: Counted = (mapping, cells) => countedCells(mapping, scope, cells, rule);
  // Of one row, the checks of its spec speak also where a constraint is asked at the end.
  const failure: UnitWrite<Data>['failure'] = (error, catalog) =>
    creationFailure(definition, catalog.mappingOf(definition.entity), [spec], error);
  const unit: UnitWrite<Data>['unit'] = async (unit) => {
    checkSeesLatest(unit, 'A next value');
    if (rule.lock === undefined) await unit.execute(within(countersLock(definition, creation, rule, counted), true));
    else await unit.execute(rule.lock);
    // A statement of its own: it sees what whoever held the lock before has committed.
    return unit.execute(
      within(insertion(definition, spec, creation, { ...rule, gap }, counted), rule.lock !== undefined),
    );
  };
  return unitSpec('createNext', unit, { failure });
}

/** The columns that a new row is counted by, and what it gives of them. */
type Counted = (mapping: EntityMapping, cells: Cells) => Cells;

function countersLock<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  creation: Creation,
  rule: NextValueRule<Row>,
  counted: Counted,
): StatementWrite<void> {
  return lockSpec('createNext', (catalog, actor) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const counter = writer.text(`next value of ${mapping.table} ${rule.column}`, 'text');
    const values = counted(mapping, creation.cells(mapping, actor, '')).map(
      ([column, text]) => `${writer.text(column.sql, 'text')}, ${writer.text(text, castOf(column))}`,
    );
    // Hashed by the server: what is equal to it, say two spellings of a uuid, is one lock.
    const key = `hash_record_extended(ROW(${[counter, ...values].join(', ')}), 0)`;
    return {
      statement: mapping.returningNothing(`SELECT pg_advisory_xact_lock(${key})`),
      values: writer.values,
      finish: () => undefined,
      failure: (error) =>
        error instanceof LockNotAvailable ? new AdvisoryLockNotAvailable(`next ${rule.column}`, error.cause) : error,
    };
  });
}

function insertion<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  spec: CreatorSpec<Row>,
  creation: Creation,
  rule: NextValueRule<Row> & { readonly gap: number },
  counted: Counted,
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
    const same = counted(mapping, cells).map(([column, text]) =>
      text === null ? `${column.sql} IS NULL` : `${column.sql} = ${parameters.get(column)!}`,
    );
    // What the scope stamps is among them.
    const where = [...same, rowsOfEntity(ownRows(mapping))].filter((part) => part !== 'TRUE').join(' AND ');
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

/** What the new row gives of the columns that are counted by, in one order. Throws InvalidInput where it gives them not. */
function countedCells<Row>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  cells: Cells,
  { per = [] }: NextValueRule<Row>,
): Cells {
  const properties = new Set<string>([...per, ...stampedProperties(mapping, scope, cells)]);
  return [...properties].toSorted().map((property): readonly [MappedColumn, string | null] => {
    const column = mapping.column(property);
    const cell = cells.find(([given]) => given === column);
    if (cell === undefined) {
      throw new InvalidInput('MISSING_VALUE', `The next value is found per ${property}.`, `/${property}`);
    }
    return cell;
  });
}

/** The columns that say whose the new row is: those of the first scope that it is in. */
function stampedProperties<Row>(mapping: EntityMapping, scope: Scope<Row>, cells: Cells): readonly string[] {
  const given = new Map(cells.map(([{ property }, text]) => [property, text]));
  const isMet = (property: string, value: unknown): boolean =>
    given.get(property) === encodeElement(mapping.column(property).type, value, `/scope/${property}`);
  const scopes = scopesOf(scope);
  if (scopes === null) return [];
  const own = scopes.find(
    ({ stamp, where }) => where === null && Object.entries(stamp).every(([property, value]) => isMet(property, value)),
  );
  // Its rows would be counted with everybody's.
  if (own === undefined) throw new Misuse(`A row of ${mapping.name} is in none of its scopes, as it is stored.`);
  return Object.keys(own.stamp);
}
