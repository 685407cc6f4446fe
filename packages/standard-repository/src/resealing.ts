import {
  type EntityCatalog,
  everybodysRows,
  owned,
  type StatementWrite,
  unitSpec,
  type UnitWrite,
  writeSpec,
} from '@holdfast/base';
import { type HoldfastError, InvalidInput, isHoldfastError, Misuse } from '@holdfast/errors';
import { columnType, type ColumnShape, freeze, SqlWriter, Unscoped } from '@holdfast/querier';

/** Which secrets are sealed anew, and how many at once. */
export interface ResealOptions<Id> {
  /** Where to go on: the `next` of the batch before. Default: at the beginning. */
  readonly after?: Id | null;
  /** How many rows one batch has, 1 to 10,000. Default 500. */
  readonly batchSize?: number;
}

/** What became of one batch of secrets. */
export interface ResealedBatch<Id> {
  /** How many secrets were sealed anew. */
  readonly resealed: number;
  /** Those that cannot be opened by the keys at hand, and why. They stay as they are. */
  readonly unreadable: readonly { readonly id: Id; readonly error: HoldfastError }[];
  /** Where to go on, or null where nothing is left behind this batch. */
  readonly next: Id | null;
}

/** What a package says of its secrets. */
export interface SealedRows<Row, Id> {
  /** Whose key is one column. */
  readonly entity: Parameters<EntityCatalog['mappingOf']>[0];
  /** The properties that hold secrets, sealed, or null. */
  readonly columns: readonly (keyof Row & string)[];
  readonly place: (id: Id, column: keyof Row & string) => string;
  /** `SecretKeys` of `@holdfast/secrets`. */
  readonly secrets: {
    readonly prefix: string;
    /** The same secret under the newest key. Throws where it cannot be opened. */
    reseal(sealed: string, place: string): string;
  };
}

/** The statements of a batch: what is to be sealed anew, locked, and that it is. */
export const resealStatements = 2;

const MOST = 10_000;

type SealedRow = readonly [key: string, ...sealed: (string | null)[]];

/**
 * Seals the next secrets anew that are not under the newest key, in the order of their rows' keys, in one transaction.
 * Whoever changes one at the same moment is waited for, and what they have set stays. What is done is not done again, so
 * that it may be broken off and begun anew.
 */
export function resealing<Row, Id extends string>(
  rows: SealedRows<Row, Id>,
  scope: Unscoped,
  { after = null, batchSize = 500 }: ResealOptions<Id> = {},
): UnitWrite<ResealedBatch<Id>> {
  if (!Unscoped.isUnscoped(scope)) {
    throw new Misuse('Keys are everybody’s: their rotation concerns the secrets of all tenants. Say unscoped(reason).');
  }
  if (!Number.isSafeInteger(batchSize) || batchSize < 1 || batchSize > MOST) {
    throw new InvalidInput('INVALID_VALUE', `A batch has 1 to ${MOST} rows.`, '/batchSize');
  }
  const spec = unitSpec(
    'resealSecrets',
    async (unit): Promise<ResealedBatch<Id>> => {
      const outdated = await unit.execute(lockedRows(rows, after, batchSize));
      const { changed, resealed, unreadable } = anew(rows, outdated);
      if (changed.length > 0) await unit.execute(storedAnew(rows, changed));
      const next = outdated.length < batchSize ? null : (outdated.at(-1)![0] as Id);
      return freeze({ resealed, unreadable, next });
    },
    { payload: () => JSON.stringify([after, batchSize]) },
  );
  return owned(scope, spec);
}

/** The rows with their secrets under the newest key, as far as they can be opened. */
function anew<Row, Id extends string>(
  { columns, place, secrets }: SealedRows<Row, Id>,
  outdated: readonly SealedRow[],
): Pick<ResealedBatch<Id>, 'resealed' | 'unreadable'> & { readonly changed: readonly SealedRow[] } {
  const unreadable: { readonly id: Id; readonly error: HoldfastError }[] = [];
  let resealed = 0;
  const changed = outdated.flatMap(([key, ...sealed]): readonly SealedRow[] => {
    const before = resealed;
    const now = sealed.map((text, i) => {
      if (text === null || text.startsWith(secrets.prefix)) return text;
      try {
        const renewed = secrets.reseal(text, place(key as Id, columns[i]!));
        resealed++;
        return renewed;
      } catch (error) {
        if (!isHoldfastError(error)) throw error;
        unreadable.push(Object.freeze({ id: key as Id, error }));
        return text;
      }
    });
    return resealed > before ? [[key, ...now]] : [];
  });
  return { changed, resealed, unreadable };
}

/** Locks the next rows that have a secret under another key than the newest. */
function lockedRows<Row, Id extends string>(
  { entity, columns, secrets }: SealedRows<Row, Id>,
  after: Id | null,
  batchSize: number,
): StatementWrite<readonly SealedRow[]> {
  return writeSpec('resealSecrets', (catalog) => {
    const mapping = catalog.mappingOf(entity);
    const writer = new SqlWriter();
    const { sql: key, type } = mapping.key;
    const names = columns.map((property) => mapping.column(property).sql);
    const prefix = writer.text(secrets.prefix, 'text');
    const outdated = names.map((name) => `NOT starts_with(${name}, ${prefix})`).join(' OR ');
    const behind = after === null ? '' : ` AND ${key} > ${writer.element(type, after, '/after')}`;
    const sql =
      `SELECT ${key}::text, ${names.join(', ')} FROM ${mapping.table} WHERE (${outdated})${behind} ` +
      `ORDER BY ${key} LIMIT ${writer.text(String(batchSize), 'int8')} FOR NO KEY UPDATE`;
    const shapes = ['key', ...columns].map((property): ColumnShape => {
      return { property, sql: property, type: columnType('text'), nullable: true };
    });
    return {
      statement: mapping.returning(sql, { columns: shapes, extra: [], keys: [], leads: 0 }).plannedAnew,
      values: writer.values,
      writes: false,
      ahead: { settings: everybodysRows, checks: null },
      finish: ({ rows }) => rows.map((row) => Object.values(row) as unknown as SealedRow),
    };
  });
}

/** Stores secrets that were sealed anew. The rows are as they were to everybody: no time of change is noted. */
function storedAnew<Row, Id extends string>(
  { entity, columns }: SealedRows<Row, Id>,
  changed: readonly SealedRow[],
): StatementWrite<void> {
  return writeSpec('resealSecrets', (catalog) => {
    const mapping = catalog.mappingOf(entity);
    const writer = new SqlWriter();
    const text = columnType('text');
    const lists = ['key', ...columns].map((_, i) =>
      writer.list(
        text,
        changed.map((row) => row[i] ?? ''),
        '',
      ),
    );
    const changes = columns.map((property, i) => `${mapping.column(property).sql} = nullif(v.c${i}, '')`);
    const { sql: key, type } = mapping.key;
    const sql =
      `UPDATE ${mapping.table} t SET ${changes.join(', ')} ` +
      `FROM unnest(${lists.join(', ')}) AS v (key, ${columns.map((_, i) => `c${i}`).join(', ')}) ` +
      `WHERE t.${key} = v.key::${type.sql}`;
    return {
      statement: mapping.returningNothing(sql).plannedAnew,
      values: writer.values,
      ahead: { settings: everybodysRows, checks: null },
      finish: () => undefined,
    };
  });
}
