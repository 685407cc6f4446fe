import type { Database } from '@holdfast/base';
import type { Cache } from '@holdfast/cache';
import type { Resilience } from '@holdfast/resilience';
import type { DbSourceOptions } from './db-source.js';

/** What a package's `…Repositories.create` is given. */
export interface RepositoryArgs {
  readonly database: Database;
  /** Replaces the repository's default, `metrics(retry(call))`. */
  readonly resilience?: Resilience;
}

/** What it is given where there are standard operations. */
export interface StandardRepositoryArgs extends RepositoryArgs, DbSourceOptions {}

/** What it is given where rows may be cached. */
export interface CachingRepositoryArgs extends StandardRepositoryArgs {
  /** Where copies of rows are kept. All who write to the same rows are given the same one. Default: nothing is cached. */
  readonly cache?: Cache | undefined;
}
