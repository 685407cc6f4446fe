import type { CallOptions } from '@holdfast/operation';
import type { ReadSpec, WriteSpec } from './specs/spec.js';

/** What executes specs: a Database, one by one, or a dbSession, within its transaction. Db sources hold one. */
export interface Executor {
  execute<Result>(spec: ReadSpec<Result> | WriteSpec<Result>, options?: CallOptions): Promise<Result>;
}
