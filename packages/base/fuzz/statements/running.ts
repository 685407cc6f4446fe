import { type Scope, searchScope } from '@holdfast/querier';
import { StalePlan, type DbWriteSession, type ReadSpec, type WriteSpec } from '../../src/index.js';
import type { Disturbance } from './disturbance.js';
import type { FuzzedRow } from './entity-schema.js';
import type { FuzzedTable } from './fuzzed-table.js';
import { ourFault, typeormFault } from './row-fault.js';
import type { StatementWorld } from './statement-world.js';
import { storedRows, type StoredRow } from './stored-rows.js';
import type { Way } from './way.js';

/**
 * How a spec is executed: alone in one trip; in a session; in one after TypeORM has said something there; in one, after
 * a statement that fails in a savepoint; alone, after a statement that fails.
 */
export const forms = [
  'trip',
  'session',
  'session after TypeORM',
  'session after a failure',
  'trip after a failure',
] as const;

export type Form = (typeof forms)[number];

/** One case under way. */
export class Running {
  readonly world: StatementWorld;
  readonly table: FuzzedTable;
  readonly way: Way;
  readonly #form: Form;
  /** What is in force. */
  disturbance: Disturbance | null = null;
  /** The rows that `fault` was last asked about. */
  judged: ReadonlyMap<string, StoredRow> = new Map();
  /** What TypeORM read within the session that a spec was last executed in, and whose rows. */
  #within: { readonly tenant: string; readonly rows: readonly FuzzedRow[] } | null = null;

  constructor(world: StatementWorld, table: FuzzedTable, way: Way, form: Form) {
    this.world = world;
    this.table = table;
    this.way = way;
    this.#form = form;
  }

  /** A tenant that has no rows yet. */
  tenant(): string {
    return `t'"\\é𝒳 ${this.world.next()}`;
  }

  /** Executes a spec in the form of the case. A session whose plan an earlier case made invalid may be run again: that is no fault. */
  async execute<Result>(tenant: string, spec: ReadSpec<Result> | WriteSpec<Result>): Promise<Result> {
    try {
      return await this.#executeOnce(tenant, spec);
    } catch (error) {
      if (!this.#form.startsWith('session') || !(error instanceof StalePlan)) throw error;
      return this.#executeOnce(tenant, spec);
    }
  }

  async #executeOnce<Result>(tenant: string, spec: ReadSpec<Result> | WriteSpec<Result>): Promise<Result> {
    const { database } = this.way;
    this.#within = null;
    if (this.#form === 'trip after a failure') {
      await this.way.dataSource.query('SELECT 1 / 0').catch(() => {});
    }
    if (this.#form.startsWith('trip')) return database.execute(spec);
    return database.beginSession(async (dbSession) => {
      if (this.#form === 'session after TypeORM') await this.#read(dbSession, tenant);
      if (this.#form === 'session after a failure') {
        await dbSession.savepoint(async (inner) => inner.sql`SELECT 1 / 0`).catch(() => {});
      }
      const result = await dbSession.execute(spec);
      this.#within = { tenant, rows: await this.#read(dbSession, tenant) };
      return result;
    });
  }

  #read(dbSession: DbWriteSession, tenant: string): Promise<FuzzedRow[]> {
    return dbSession.manager.find(this.table.entity, { where: { tenant }, withDeleted: true });
  }

  stored(tenant: string): Promise<ReadonlyMap<string, StoredRow>> {
    return storedRows(this.world.sql, this.table, tenant);
  }

  /** What is wrong with how rows of a tenant are read: by us, where we have given all of them or those with these keys, and by TypeORM. */
  async fault(
    tenant: string,
    ours: readonly FuzzedRow[] | null,
    among: ReadonlySet<string> | null = null,
  ): Promise<string | null> {
    const stored = await this.stored(tenant);
    this.judged = stored;
    const given = among === null ? stored : new Map([...stored].filter(([key]) => among.has(key)));
    const compared = this.#compared();
    const own = ours === null ? null : ourFault(compared, given, ours);
    if (own !== null) return own;
    // TypeORM makes invalid Dates of other styles.
    if (this.disturbance?.isForeignStyle === true) return null;
    // Within the session it has read them already.
    if (this.#within?.tenant === tenant) {
      const within = typeormFault(compared, stored, this.#within.rows);
      return within === null ? null : `within the session, ${within}`;
    }
    const repository = this.way.dataSource.getRepository(this.table.entity);
    return typeormFault(compared, stored, await repository.find({ where: { tenant }, withDeleted: true }));
  }

  /** The table without the columns whose values the server no longer tells. */
  #compared(): FuzzedTable {
    if (this.disturbance?.losesDigits !== true) return this.table;
    return { ...this.table, columns: this.table.columns.filter(({ cast }) => !/^(real|double)/.test(cast)) };
  }
}

/** The scope of a tenant's rows. */
export function scopeOf(tenant: string): Scope<FuzzedRow> {
  return searchScope<FuzzedRow>({ name: 'tenant', equals: { tenant } as never });
}
