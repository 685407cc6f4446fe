import type { Job } from './job.js';

/** The rows from one position up to another, without that. */
export interface Positions {
  readonly from: number;
  readonly to: number;
}

/** One way to write many rows in one call. Each returns how many rows there were. */
export interface BulkContender {
  create(jobs: Iterable<Job>): Promise<number>;
  /** The same, with the data of all rows as the result. */
  createReturning(jobs: Iterable<Job>): Promise<number>;
  updateByIds(ids: readonly string[]): Promise<number>;
  updateByCondition(positions: Positions): Promise<number>;
  purgeByIds(ids: readonly string[]): Promise<number>;
  purgeByCondition(positions: Positions): Promise<number>;
  close(): Promise<void>;
}

/** A way to create that does nothing else. */
export type BulkCreator = Pick<BulkContender, 'create' | 'close'>;

export type BulkTask = Exclude<keyof BulkContender, 'close'>;

export const TASKS: readonly BulkTask[] = [
  'create',
  'createReturning',
  'updateByIds',
  'updateByCondition',
  'purgeByIds',
  'purgeByCondition',
];

/** What a call is given, made ready before. */
export interface BulkInput {
  readonly positions: Positions;
  readonly jobs: Iterable<Job>;
  readonly ids: readonly string[];
}

export function runTask(
  contender: BulkCreator & Partial<BulkContender>,
  task: BulkTask,
  { positions, jobs, ids }: BulkInput,
): Promise<number> {
  switch (task) {
    case 'create':
    case 'createReturning':
      return contender[task]!(jobs);
    case 'updateByIds':
    case 'purgeByIds':
      return contender[task]!(ids);
    case 'updateByCondition':
    case 'purgeByCondition':
      return contender[task]!(positions);
  }
}
