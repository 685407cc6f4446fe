import type { DbReadSession, DbWriteSession } from '@holdfast/base';
import { type Resilience, useResilience } from '@holdfast/resilience';

/** What can be had inside a running unit of work, too: db sources. */
export interface Within {
  within(dbSession: DbReadSession | DbWriteSession): this;
}

/** The same of cache sources. */
export interface CacheWithin {
  within(dbSession: object): CacheWithin;
}

/** What a repository is put together of. */
export interface RepositoryParts<Source extends Within> {
  readonly dbSource: Source;
  /** Copies of rows, of a repository that has such. Default: none. */
  readonly cacheSource?: CacheWithin | undefined;
  /** Replaces the default, `metrics(retry(call))`, for this instance. */
  readonly resilience?: Resilience | undefined;
}

/** What callers see of a domain: its operations, each of them run in the repository's resilience. */
export class Repository<Source extends Within> {
  protected readonly dbSource: Source;
  readonly #parts: RepositoryParts<Source>;

  constructor(parts: RepositoryParts<Source>) {
    this.dbSource = parts.dbSource;
    this.#parts = parts;
    if (parts.resilience !== undefined) useResilience(this, parts.resilience);
  }

  /** The same repository inside a running unit of work, so that several repositories share one transaction. */
  within(dbSession: DbReadSession | DbWriteSession): this {
    const Same = this.constructor as new (parts: RepositoryParts<Source>) => this;
    const { dbSource, cacheSource, resilience } = this.#parts;
    return new Same({
      dbSource: dbSource.within(dbSession),
      cacheSource: cacheSource?.within(dbSession),
      resilience,
    });
  }
}
