import type { CachingRepositoryArgs } from '@holdfast/standard-repository';
import { sessionCacheSource } from './session-cache-source.js';
import { SessionDbSource } from './session-db-source.js';
import { SessionRepository } from './session-repository.js';

/** Puts the parts of this package together: `SessionRepositories.create({ database }).repository`. */
export class SessionRepositories {
  readonly repository: SessionRepository;

  private constructor(repository: SessionRepository) {
    this.repository = repository;
  }

  static create({ database, cache, conflictChecks, resilience }: CachingRepositoryArgs): SessionRepositories {
    const dbSource = new SessionDbSource(database, { conflictChecks });
    const cacheSource = sessionCacheSource(cache);
    return new SessionRepositories(new SessionRepository({ dbSource, cacheSource, resilience }));
  }
}
