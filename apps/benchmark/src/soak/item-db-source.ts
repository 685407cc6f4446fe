import type { Database, ReadOptions, UpsertResult, WriteOptions } from '@holdfast/base';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { sourceResilience } from '@holdfast/resilience';
import { itemOperations as items, type ItemRow } from './item-operations.js';
import type { Item, NewItem } from './item-table.js';

const stack = sourceResilience('item_db_source');

/** A source as every domain package has one. */
export class ItemDbSource {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  @stack.apply()
  get(scope: Scope<ItemRow>, id: string, options: ReadOptions): Promise<Item> {
    return this.#database.execute(items.get(scope, id), options);
  }

  @stack.apply()
  loadMany(scope: Scope<ItemRow>, ids: readonly string[]): Promise<readonly (Item | null)[]> {
    return this.#database.execute(items.loadMany(scope, ids));
  }

  @stack.apply()
  search(scope: Scope<ItemRow>, querier: BatchQuerier<ItemRow>): Promise<Page<Item>> {
    return this.#database.execute(items.search(scope, querier));
  }

  /** All items of a scope with a status, over a cursor of the database; how many there were. */
  @stack.apply()
  async readAll(scope: Scope<ItemRow>, status: string): Promise<number> {
    let count = 0;
    const spec = items.stream(scope, { conditions: [{ status: { eq: status } }], partitionSize: 50 });
    for await (const partition of this.#database.stream(spec)) count += partition.length;
    return count;
  }

  @stack.apply()
  create(scope: Scope<ItemRow>, values: NewItem): Promise<Item> {
    return this.#database.execute(items.create(scope, { values }));
  }

  @stack.apply()
  bulkCreate(scope: Scope<ItemRow>, all: readonly NewItem[]): Promise<readonly Item[]> {
    return this.#database.execute(
      items.bulkCreate(
        scope,
        all.map((values) => ({ values })),
      ),
    );
  }

  @stack.apply()
  update(scope: Scope<ItemRow>, id: string, changes: Partial<NewItem>, options: WriteOptions): Promise<Item> {
    return this.#database.execute(items.update(scope, id, { changes }), options);
  }

  @stack.apply()
  bulkUpdate(scope: Scope<ItemRow>, ids: readonly string[], changes: Partial<NewItem>): Promise<readonly Item[]> {
    return this.#database.execute(
      items.bulkUpdate(
        scope,
        ids.map((id) => ({ id, changes })),
      ),
    );
  }

  @stack.apply()
  delete(scope: Scope<ItemRow>, id: string): Promise<Item> {
    return this.#database.execute(items.delete(scope, id));
  }

  @stack.apply()
  restore(scope: Scope<ItemRow>, id: string): Promise<Item> {
    return this.#database.execute(items.restore(scope, id));
  }

  @stack.apply()
  purge(scope: Scope<ItemRow>, id: string): Promise<Item> {
    return this.#database.execute(items.purge(scope, id));
  }

  @stack.apply()
  async batchPurge(scope: Scope<ItemRow>, ids: readonly string[]): Promise<number> {
    return (await this.#database.execute(items.batchPurge(scope, ids))).count;
  }

  @stack.apply()
  upsert(scope: Scope<ItemRow>, id: string, values: NewItem): Promise<UpsertResult<Item>> {
    return this.#database.execute(items.upsert(scope, { values: { ...values, id } }));
  }

  /** Counts one use of each: reads them one after the other and changes them, in a transaction that others collide with. */
  @stack.apply()
  use(scope: Scope<ItemRow>, ids: readonly string[]): Promise<number> {
    return this.#database.beginSession(
      async (dbSession) => {
        let uses = 0;
        for (const id of ids) {
          const item = await dbSession.execute(items.get(scope, id));
          const used = await dbSession.execute(items.update(scope, id, { changes: { uses: item.uses + 1 } }));
          uses += used.uses;
        }
        return uses;
      },
      { isolation: 'repeatable read' },
    );
  }
}
