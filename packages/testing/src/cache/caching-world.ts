import assert from 'node:assert/strict';
import type { Database } from '@holdfast/base';
import { EntityNotFound } from '@holdfast/errors';
import { type Scope, unscoped } from '@holdfast/querier';
import type { WireCounter } from '../wire-counter.js';
import type { CachedRead, CachedWrite, CachingContract } from './caching-contract.js';
import { HeldCache } from './held-cache.js';

/** Two repositories in front of one cache, and one without. */
export class CachingWorld<Repository extends object, Row, Data> {
  readonly all: Scope<Row> = unscoped('a test of caches');
  readonly database: Database;
  readonly counter: WireCounter;
  readonly cache = new HeldCache();
  readonly repository: Repository;
  readonly other: Repository;
  readonly plain: Repository;
  readonly #contract: CachingContract<Repository, Row, Data>;

  constructor(contract: CachingContract<Repository, Row, Data>, database: Database, counter: WireCounter) {
    this.#contract = contract;
    this.database = database;
    this.counter = counter;
    this.repository = contract.repository({ database, cache: this.cache });
    this.other = contract.repository({ database, cache: this.cache });
    this.plain = contract.repository({ database, cache: undefined });
  }

  create(): Promise<Data> {
    return this.#contract.create(this.repository);
  }

  /** A row that is ready for a write. */
  async prepared({ prepare }: CachedWrite<Repository, Data>): Promise<Data> {
    const data = await this.create();
    await prepare?.(this.repository, data);
    return data;
  }

  /** The first read, for where any will do. */
  get firstRead(): CachedRead<Repository, Row, Data> {
    return Object.values(this.#contract.reads)[0]!;
  }

  /** What a read gives: its value, or that nothing was found. */
  async given(
    read: CachedRead<Repository, Row, Data>,
    repository: Repository,
    data: Data,
    scope: Scope<Row> = this.all,
  ): Promise<unknown> {
    try {
      return { value: await read(repository, scope, data) };
    } catch (error) {
      if (!(error instanceof EntityNotFound)) throw error;
      return { notFound: error.message };
    }
  }

  /** Throws unless every read gives what the database has. */
  async isAsStored(data: Data, when: string): Promise<void> {
    for (const [name, read] of Object.entries(this.#contract.reads)) {
      const stored = await this.given(read, this.plain, data);
      for (const repository of [this.other, this.repository]) {
        assert.deepEqual(await this.given(read, repository, data), stored, `${name} ${when}`);
      }
    }
  }

  within(repository: Repository, dbSession: object): Repository {
    return (repository as Repository & { within(dbSession: object): Repository }).within(dbSession);
  }
}
