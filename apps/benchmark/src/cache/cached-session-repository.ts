import type { Database, LockOptions, ReadOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import { repositoryResilience, sourceResilience } from '@holdfast/resilience';
import { standardDbSource, standardRepository } from '@holdfast/standard-repository';
import { type Row, type SessionValues, sessions } from '../contenders/session-operations.js';
import type { SessionChange, SessionRow } from '../session-table.js';
import type { WatchRead } from './cache-way.js';

const sources = sourceResilience('session_db_source');
const repositories = repositoryResilience('session_repository');

const standard = standardDbSource(sources, {
  operations: sessions,
  creator: (values: SessionValues) => ({ values }),
  updater: (changes: SessionChange) => ({ changes }),
});

/** A source as every domain package has one, whose reads of one row are watched. */
export class CachedSessionDbSource extends standard {
  readonly #watch: WatchRead;

  constructor(database: Database, watch: WatchRead) {
    super(database);
    this.#watch = watch;
  }

  override get(scope: Scope<Row>, id: string, options?: ReadOptions | LockOptions): Promise<SessionRow> {
    return this.#watch(() => super.get(scope, id, options));
  }
}

/** A repository as every domain package has one, in front of rows that it may have copies of. */
export class CachedSessionRepository extends standardRepository(repositories, CachedSessionDbSource) {
  /** Runs a write of this row, whoever makes it. */
  @repositories.apply()
  writing(id: string, write: () => Promise<void>): Promise<void> {
    return this.cacheSource.invalidating([id], write);
  }
}
