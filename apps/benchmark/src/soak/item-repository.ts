import type { ReadOptions, UpsertResult, WriteOptions } from '@holdfast/base';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { repositoryResilience } from '@holdfast/resilience';
import type { ItemDbSource } from './item-db-source.js';
import type { ItemRow } from './item-operations.js';
import type { Item, NewItem } from './item-table.js';

const stack = repositoryResilience('item_repository');

/** A repository as every domain package has one. */
export class ItemRepository {
  readonly #dbSource: ItemDbSource;

  constructor(dbSource: ItemDbSource) {
    this.#dbSource = dbSource;
  }

  @stack.apply()
  get(scope: Scope<ItemRow>, id: string, options: ReadOptions = {}): Promise<Item> {
    return this.#dbSource.get(scope, id, options);
  }

  @stack.apply()
  loadMany(scope: Scope<ItemRow>, ids: readonly string[]): Promise<readonly (Item | null)[]> {
    return this.#dbSource.loadMany(scope, ids);
  }

  @stack.apply()
  search(scope: Scope<ItemRow>, querier: BatchQuerier<ItemRow>): Promise<Page<Item>> {
    return this.#dbSource.search(scope, querier);
  }

  @stack.apply()
  readAll(scope: Scope<ItemRow>, status: string): Promise<number> {
    return this.#dbSource.readAll(scope, status);
  }

  @stack.apply()
  create(scope: Scope<ItemRow>, values: NewItem): Promise<Item> {
    return this.#dbSource.create(scope, values);
  }

  @stack.apply()
  bulkCreate(scope: Scope<ItemRow>, all: readonly NewItem[]): Promise<readonly Item[]> {
    return this.#dbSource.bulkCreate(scope, all);
  }

  @stack.apply()
  update(scope: Scope<ItemRow>, id: string, changes: Partial<NewItem>, options: WriteOptions = {}): Promise<Item> {
    return this.#dbSource.update(scope, id, changes, options);
  }

  @stack.apply()
  bulkUpdate(scope: Scope<ItemRow>, ids: readonly string[], changes: Partial<NewItem>): Promise<readonly Item[]> {
    return this.#dbSource.bulkUpdate(scope, ids, changes);
  }

  @stack.apply()
  delete(scope: Scope<ItemRow>, id: string): Promise<Item> {
    return this.#dbSource.delete(scope, id);
  }

  @stack.apply()
  restore(scope: Scope<ItemRow>, id: string): Promise<Item> {
    return this.#dbSource.restore(scope, id);
  }

  @stack.apply()
  purge(scope: Scope<ItemRow>, id: string): Promise<Item> {
    return this.#dbSource.purge(scope, id);
  }

  @stack.apply()
  batchPurge(scope: Scope<ItemRow>, ids: readonly string[]): Promise<number> {
    return this.#dbSource.batchPurge(scope, ids);
  }

  @stack.apply()
  upsert(scope: Scope<ItemRow>, id: string, values: NewItem): Promise<UpsertResult<Item>> {
    return this.#dbSource.upsert(scope, id, values);
  }

  @stack.apply()
  use(scope: Scope<ItemRow>, ids: readonly string[]): Promise<number> {
    return this.#dbSource.use(scope, ids);
  }
}
