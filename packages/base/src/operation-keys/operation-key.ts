import { InvalidInput, Misuse } from '@holdfast/errors';
import { canonicalText, type Scope } from '@holdfast/querier';
import { digest, scopeDigest } from './digest.js';

/** What an operation key is bound to besides the operation, where the operation does not say so itself. */
export interface OperationKeyArgs<Row> {
  /**
   * Whose key it is: two scopes may use the same text, and never learn of each other. Standard operations say so
   * themselves; a dbSession is refused (Misuse) without one, which may be `unscoped(reason)`.
   */
  readonly scope?: Scope<Row>;
  /**
   * What is asked for, as plain data: the same key with another payload is refused. Standard operations say so themselves,
   * unless they are given what is neither list nor Set; there it comes besides. Default: nothing.
   */
  readonly payload?: unknown;
  /**
   * For dbSessions: keeps what the closure returned, as JSON, for calls that come again. It must be what JSON gives back
   * as it was. Default false: a call that comes again throws OperationAlreadyDone. Standard operations of one statement
   * always keep their answer, unless they are creations with `commit: 'one-trip'`.
   */
  readonly keepResult?: boolean;
}

const LONGEST = 255;

/** The name of one logical write: however often it is sent, by whichever process, it is done once. Made by `operationKey`. */
export class OperationKey {
  readonly text: string;
  /** A digest of whose it is; null where nothing is said. */
  readonly scope: string | null;
  /** A digest of what is asked for; empty where nothing is said. */
  readonly payload: string;
  readonly keepsResult: boolean;

  /** Throws InvalidInput for a text that is empty, longer than 255 characters, or no text that PostgreSQL stores. */
  constructor(text: string, scope: string | null, payload: string, keepsResult: boolean) {
    if (typeof text !== 'string' || text.length === 0 || text.length > LONGEST || !isStorable(text)) {
      throw new InvalidInput(
        'INVALID_VALUE',
        `An operation key is a text of 1 to ${LONGEST} characters.`,
        '/operationKey',
      );
    }
    this.text = text;
    this.scope = scope;
    this.payload = payload;
    this.keepsResult = keepsResult;
    Object.freeze(this);
  }
}

/** Whether PostgreSQL gives it back: half a surrogate pair would become what other halves become, too. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/**
 * The key of one logical write, e.g. of a client's `Idempotency-Key` header, for the option `operationKey`. A write with
 * a key is stored once, however often it is called with it, and whatever happens to connections, servers and callers
 * in between: the key is a row of the table `holdfast_operation`, written in the same transaction
 * (`operationKeyMigrations`). It is remembered until `removeOperationKeys` removes it.
 */
export function operationKey<Row>(text: string, args: OperationKeyArgs<Row> = {}): OperationKey {
  if (typeof args !== 'object' || args === null)
    throw new Misuse('operationKey takes a text and what it is bound to: { scope, payload }.');
  const { scope, payload, keepResult = false } = args;
  if (typeof keepResult !== 'boolean') throw new Misuse('keepResult is true or false.');
  return new OperationKey(
    text,
    scope === undefined ? null : scopeDigest(scope),
    payload === undefined ? '' : digest(canonicalText(payload)),
    keepResult,
  );
}
