import type { OperationName } from '../operation-name.js';
import type { Allocated } from './allocated-bytes.js';

/** What a contender's process is asked: to make itself ready, or what one call of an operation allocates. */
export type AllocationQuestion =
  { readonly ask: 'open' } | { readonly ask: 'count'; readonly operation: OperationName };

export type AllocationAnswer =
  | { readonly operations: readonly OperationName[] }
  | { readonly missing: string }
  /** Of one call, in bytes. */
  | { readonly perCall: Allocated };
