import { newId } from '@holdfast/base';
import { batchQuerier, order, type QueryCondition, type Scope, searchScope, where } from '@holdfast/querier';
import type { ItemRow } from './item-operations.js';
import type { ItemRepository } from './item-repository.js';
import { HOT, KEPT, keptId, type NewItem, STATUSES, TENANTS, tenantOf } from './item-table.js';
import type { Random } from './random.js';

/** What a caller does next, and how often: it is drawn by weight. */
export const ACTIONS = {
  get: 20,
  getMissing: 2,
  loadMany: 4,
  searchWithTotal: 5,
  walkPages: 5,
  readAll: 1,
  create: 10,
  purge: 10,
  update: 8,
  updateInOneTrip: 8,
  deleteAndRestore: 3,
  upsert: 6,
  bulkCreateAndPurge: 2,
  bulkUpdate: 2,
  use: 4,
  giveUpInTime: 3,
  abort: 3,
} as const satisfies Partial<Record<keyof Caller, number>>;

export type ActionName = keyof typeof ACTIONS;

const orders = [order<ItemRow>('created_at', { ascending: false }), order<ItemRow>('id', { ascending: false })];

/** One of many who use the repository at the same time. It removes what it creates: nothing grows. */
export class Caller {
  readonly #repository: ItemRepository;
  readonly #random: Random;
  /** Items of its own, which it will purge. */
  readonly #own: { readonly id: string; readonly scope: Scope<ItemRow> }[] = [];
  static readonly #mostOwn = 20;

  constructor(repository: ItemRepository, random: Random) {
    this.#repository = repository;
    this.#random = random;
  }

  async get(): Promise<void> {
    const { id, scope } = this.#kept();
    await this.#repository.get(scope, id);
  }

  async getMissing(): Promise<void> {
    await this.#repository.get(this.#kept().scope, newId());
  }

  async loadMany(): Promise<void> {
    const ids = Array.from({ length: 5 + this.#random(40) }, () => this.#kept().id);
    await this.#repository.loadMany(this.#union(), ids);
  }

  async searchWithTotal(): Promise<void> {
    const pagination = { limit: 20, offset: this.#random(5) * 20 };
    const querier = batchQuerier<ItemRow>({
      conditions: this.#conditions(),
      orders,
      pagination,
      total: { atMost: 100 },
    });
    await this.#repository.search(this.#union(), querier);
  }

  /** Three pages forward and one back. */
  async walkPages(): Promise<void> {
    const { scope } = this.#kept();
    const conditions = this.#conditions();
    const search = (pagination: Parameters<typeof batchQuerier<ItemRow>>[0]['pagination']) =>
      this.#repository.search(scope, batchQuerier<ItemRow>({ conditions, orders, pagination }));
    let page = await search({ first: 10 });
    for (let turn = 0; turn < 2 && page.endCursor !== null; turn++) {
      page = await search({ first: 10, after: page.endCursor });
    }
    if (page.startCursor !== null) await search({ last: 10, before: page.startCursor });
  }

  async readAll(): Promise<void> {
    await this.#repository.readAll(this.#kept().scope, this.#status());
  }

  async create(): Promise<void> {
    if (this.#own.length >= Caller.#mostOwn) return this.purge();
    const { scope } = this.#kept();
    const { id } = await this.#repository.create(scope, this.#newItem());
    this.#own.push({ id, scope });
  }

  async purge(): Promise<void> {
    const own = this.#own.shift();
    if (own === undefined) return this.create();
    await this.#repository.purge(own.scope, own.id);
  }

  async update(): Promise<void> {
    const { id, scope } = this.#kept();
    await this.#repository.update(scope, id, { details: this.#newItem().details });
  }

  async updateInOneTrip(): Promise<void> {
    const { id, scope } = this.#kept();
    await this.#repository.update(scope, id, { status: this.#status() }, { commit: 'one-trip' });
  }

  async deleteAndRestore(): Promise<void> {
    const own = this.#own[0];
    if (own === undefined) return this.create();
    await this.#repository.delete(own.scope, own.id);
    await this.#repository.restore(own.scope, own.id);
  }

  async upsert(): Promise<void> {
    const { id, scope } = this.#kept();
    await this.#repository.upsert(scope, id, this.#newItem());
  }

  async bulkCreateAndPurge(): Promise<void> {
    const { scope } = this.#kept();
    const items = await this.#repository.bulkCreate(
      scope,
      Array.from({ length: 10 + this.#random(40) }, () => this.#newItem()),
    );
    await this.#repository.batchPurge(
      scope,
      items.map(({ id }) => id),
    );
  }

  async bulkUpdate(): Promise<void> {
    const first = this.#random(KEPT - TENANTS * 30);
    const ids = Array.from({ length: 20 }, (_, i) => keptId(first + i * TENANTS));
    await this.#repository.bulkUpdate(this.#scopeOf(first), ids, { labels: this.#newItem().labels });
  }

  /** Of items that everybody uses: transactions collide, and are made again. */
  async use(): Promise<void> {
    const tenant = this.#random(2);
    const ids = Array.from({ length: HOT }, (_, i) => keptId(tenant + i * TENANTS));
    await this.#repository.use(this.#scopeOf(tenant), this.#random(2) === 0 ? ids : ids.reverse());
  }

  /** Now and then the time is over before the answer. */
  async giveUpInTime(): Promise<void> {
    const { id, scope } = this.#kept();
    await this.#repository.get(scope, id, { deadlineMs: 1 + this.#random(20) });
  }

  async abort(): Promise<void> {
    const { id, scope } = this.#kept();
    const controller = new AbortController();
    const done = this.#repository.get(scope, id, { signal: controller.signal });
    const when = this.#random(4);
    if (when === 0) controller.abort();
    else setTimeout(() => controller.abort(), when).unref();
    await done;
  }

  #kept(): { readonly id: string; readonly scope: Scope<ItemRow> } {
    const position = this.#random(KEPT);
    return { id: keptId(position), scope: this.#scopeOf(position) };
  }

  #scopeOf(position: number): Scope<ItemRow> {
    return searchScope<ItemRow>({ name: 'tenant', equals: { tenant: tenantOf(position) } });
  }

  /** Of one tenant, or of two. */
  #union(): Scope<ItemRow> {
    const scope = (): ReturnType<typeof searchScope<ItemRow>> =>
      searchScope<ItemRow>({ name: 'tenant', equals: { tenant: tenantOf(this.#random(TENANTS)) } });
    return [scope(), ...Array.from({ length: this.#random(2) }, scope)];
  }

  /** Of six shapes. */
  #conditions(): readonly QueryCondition<ItemRow>[] {
    const status = where<ItemRow>({ status: { eq: this.#status() } });
    const shapes: readonly (readonly QueryCondition<ItemRow>[])[] = [
      [],
      [status],
      [where<ItemRow>({ name: { startsWith: `item ${this.#random(10)}` } })],
      [where<ItemRow>({ status: { in: STATUSES.slice(0, 1 + this.#random(3)) } })],
      [status, where<ItemRow>({ uses: { gte: this.#random(3) } })],
      [where<ItemRow>({ labels: { has: `shelf ${this.#random(50)}` } })],
    ];
    return shapes[this.#random(shapes.length)]!;
  }

  #status(): string {
    return STATUSES[this.#random(STATUSES.length)]!;
  }

  #newItem(): NewItem {
    const number = this.#random(1_000_000);
    return {
      name: `item ${number}`,
      status: this.#status(),
      labels: ['created', `shelf ${number % 50}`],
      details: { colour: String(number % 7), note: 'x'.repeat(number % 200) },
    };
  }
}
