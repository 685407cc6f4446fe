import type { CachingRepositoryArgs } from '@holdfast/standard-repository';
import { userCacheSource } from './user-cache-source.js';
import { UserDbSource } from './user-db-source.js';
import { UserRepository } from './user-repository.js';

/** Puts the parts of users together: `UserRepositories.create({ database }).repository`. */
export class UserRepositories {
  readonly repository: UserRepository;

  private constructor(repository: UserRepository) {
    this.repository = repository;
  }

  static create({ database, cache, conflictChecks, resilience }: CachingRepositoryArgs): UserRepositories {
    const dbSource = new UserDbSource(database, { conflictChecks });
    const cacheSource = userCacheSource(cache);
    return new UserRepositories(new UserRepository({ dbSource, cacheSource, resilience }));
  }
}
