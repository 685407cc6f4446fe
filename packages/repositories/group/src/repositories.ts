import type { CachingRepositoryArgs } from '@holdfast/standard-repository';
import { groupCacheSource } from './group-cache-source.js';
import { GroupDbSource, type GroupDbSourceOptions } from './group-db-source.js';
import { GroupRepository } from './group-repository.js';

/** What `GroupRepositories.create` is given. */
export interface GroupRepositoryArgs extends CachingRepositoryArgs, GroupDbSourceOptions {}

/** Puts the parts of this package together: `GroupRepositories.create({ database, memberConflictChecks }).repository`. */
export class GroupRepositories {
  readonly repository: GroupRepository;

  private constructor(repository: GroupRepository) {
    this.repository = repository;
  }

  static create({ database, cache, resilience, ...options }: GroupRepositoryArgs): GroupRepositories {
    const dbSource = new GroupDbSource(database, options);
    return new GroupRepositories(new GroupRepository({ dbSource, cacheSource: groupCacheSource(cache), resilience }));
  }
}
