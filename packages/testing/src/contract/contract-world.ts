import { Misuse } from '@holdfast/errors';
import { batchQuerier, unscoped } from '@holdfast/querier';
import { createTestDatabase } from '../create-test-database.js';
import type { TestDatabase } from '../test-database.js';
import { testServerUrl } from '../test-server-url.js';
import { WireCounter } from '../wire-counter.js';
import { emptyTables } from './empty-tables.js';
import type { AnyContract, ContractTenant } from './repository-contract.js';
import type { StandardOperation, ContractOperations } from './contract-repository.js';

/** All standard operations; a case is run only where those that it uses are offered. */
export type Operations = ContractOperations<object, object, unknown, object, object>;

type Tenant = ContractTenant<object, object>;

/** Rows from here on are made many at a time. */
const MANY = 50;

/** The database that the cases share, and what they do in it. */
export class ContractWorld {
  readonly contract: AnyContract;
  readonly test: TestDatabase;
  /** Sees every statement of the database. */
  readonly counter: WireCounter;
  readonly repository: Operations;
  readonly mine: Tenant;
  readonly theirs: Tenant;
  #count = 0;

  private constructor(contract: AnyContract, test: TestDatabase, counter: WireCounter) {
    this.contract = contract;
    this.test = test;
    this.counter = counter;
    this.repository = contract.repository(test.database) as Operations;
    this.mine = contract.mine;
    this.theirs = contract.theirs;
  }

  static async open(contract: AnyContract): Promise<ContractWorld> {
    const counter = await WireCounter.open(await testServerUrl());
    try {
      const test = await createTestDatabase({ ...contract.tables, pool: { max: 4 }, through: counter });
      return new ContractWorld(contract, test, counter);
    } catch (error) {
      await counter.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.test.close();
    await this.counter.close();
  }

  /** Whether the repository has the operation. */
  offers(operation: StandardOperation): boolean {
    return typeof this.repository[operation] === 'function';
  }

  /** Empties all tables, and makes what rows refer to. */
  async empty(): Promise<void> {
    await emptyTables(this.test);
    await this.contract.prepare?.(this.test);
  }

  /** What new rows of a tenant are created from, each with a number that no other has. */
  specs(tenant: Tenant, count: number): readonly [object, ...object[]] {
    const specs = Array.from({ length: count }, () => tenant.spec(++this.#count));
    return specs as [object, ...object[]];
  }

  /** A new row, with the number of its spec. */
  async numbered(tenant: Tenant): Promise<{ readonly n: number; readonly row: object }> {
    const row = await this.row(tenant);
    return { n: this.#count, row };
  }

  /** A new row. */
  async row(tenant: Tenant): Promise<object> {
    return (await this.rows(tenant, 1))[0]!;
  }

  /** New rows of a tenant, in the order of their numbers. */
  async rows(tenant: Tenant, count: number): Promise<readonly object[]> {
    const specs = this.specs(tenant, count);
    if (this.offers('bulkCreate') && (count >= MANY || !this.offers('create'))) {
      const made = await this.repository.bulkCreate(tenant.scope, specs);
      // Plans are made for tables that are known; autovacuum would see to it within a minute.
      await this.test.dataSource.query('ANALYZE');
      return made;
    }
    const rows: object[] = [];
    for (const spec of specs) rows.push(await this.repository.create(tenant.scope, spec));
    return rows;
  }

  /** A row as its tenant sees it, by whatever way the repository offers; null if it does not see it. */
  async seen({ scope }: Tenant, id: unknown, repository: Operations = this.repository): Promise<object | null> {
    if (this.offers('find')) return repository.find(scope, id);
    if (this.offers('loadMany')) return (await repository.loadMany(scope, [id]))[0]!;
    if (!this.offers('search'))
      throw new Misuse('A repository has find, loadMany or search, to look at what is there.');
    const conditions = [this.contract.byIds([id])];
    const page = await repository.search(scope, batchQuerier({ conditions, pagination: { limit: 1, offset: 0 } }));
    return page.items[0] ?? null;
  }

  /** Every row of every table as it is, as texts, whosever it is. */
  stored(): Promise<readonly string[]> {
    const rowScope = unscoped('a test looks at what is there');
    return this.test.database.beginReadonlySession(
      async ({ manager }) => {
        const stored: string[] = [];
        for (const { name, target } of this.test.dataSource.entityMetadatas) {
          const rows = await manager.createQueryBuilder(target, 'r').withDeleted().getRawMany<object>();
          for (const row of rows) stored.push(`${name} ${JSON.stringify(row)}`);
        }
        return stored.sort();
      },
      { rowScope },
    );
  }
}
