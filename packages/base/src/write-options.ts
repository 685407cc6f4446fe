import { Misuse } from '@holdfast/errors';
import type { CallOptions } from '@holdfast/operation';
import type { OperationKey } from './operation-keys/operation-key.js';
import type { SeparateOption } from './separate-option.js';

/**
 * What is done about a COMMIT whose answer is lost. `resolved`: the database is asked what became of the transaction, and
 * the call goes on by that; it costs a second trip. `one-trip`: the call throws AmbiguousCommitError.
 */
export type CommitForm = 'resolved' | 'one-trip';

/** What writes may be told. */
export interface WriteOptions extends CallOptions, SeparateOption {
  /** Who acts, for the columns that the entity's definition names as `actor`. Default: nobody; they are left alone. */
  readonly actor?: string;
  /**
   * Default `resolved`. A creation whose key is made here takes one trip all the same: it proves itself by being made
   * again with the same key. Within a dbSession it is the dbSession's.
   */
  readonly commit?: CommitForm;
  /**
   * The name of this write, made by `operationKey`: however often it is sent, by whichever process, it is stored once.
   * Misuse within a dbSession, whose own it would have to be.
   */
  readonly operationKey?: OperationKey;
}

/** The form that is asked for. Throws Misuse for another word. */
export function commitFormOf({ commit = 'resolved' }: Pick<WriteOptions, 'commit'>): CommitForm {
  if (commit === 'resolved' || commit === 'one-trip') return commit;
  throw new Misuse(`A write is committed as 'resolved' or 'one-trip', not ${String(commit)}.`);
}
