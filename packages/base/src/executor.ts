import type { ReadSpec, WriteSpec } from './specs/spec.js';
import type { WriteOptions } from './write-options.js';

/** What executes specs: a Database, one by one, or a dbSession, within its transaction. Db sources hold one. */
export interface Executor {
  execute<Result>(spec: ReadSpec<Result> | WriteSpec<Result>, options?: WriteOptions): Promise<Result>;
}
