import type { DbReadSession, DbWriteSession } from '@holdfast/base';
import { type Resilience, useResilience } from '@holdfast/resilience';

/** What can be had inside a running unit of work, too: db sources. */
export interface Within {
  within(dbSession: DbReadSession | DbWriteSession): this;
}

/** What a repository is put together of. */
export interface RepositoryParts<Source extends Within> {
  readonly dbSource: Source;
  /** Replaces the default, `metrics(retry(call))`, for this instance. */
  readonly resilience?: Resilience | undefined;
}

/** What callers see of a domain: its operations, each of them run in the repository's resilience. */
export class Repository<Source extends Within> {
  protected readonly dbSource: Source;
  readonly #resilience: Resilience | undefined;

  constructor({ dbSource, resilience }: RepositoryParts<Source>) {
    this.dbSource = dbSource;
    this.#resilience = resilience;
    if (resilience !== undefined) useResilience(this, resilience);
  }

  /** The same repository inside a running unit of work, so that several repositories share one transaction. */
  within(dbSession: DbReadSession | DbWriteSession): this {
    const Same = this.constructor as new (parts: RepositoryParts<Source>) => this;
    return new Same(this.partsWithin(dbSession));
  }

  /** What it is put together of inside a running unit of work. */
  protected partsWithin(dbSession: DbReadSession | DbWriteSession): RepositoryParts<Source> {
    return { dbSource: this.dbSource.within(dbSession), resilience: this.#resilience };
  }
}
