import type pg from 'pg';
import { rowSink } from '../wire/row-sink.js';
import type { RunLimits } from '../wire/run-limits.js';
import type { Step } from '../wire/statement.js';
import type { AmbiguousCommitError } from '../errors/database-error.js';
import { askServerState, type ServerState, serverStateIn } from './incarnation.js';
import type { KeyedWrite } from '../operation-keys/keyed-write.js';
import { askTransactionId, type TransactionIdentity, transactionIn } from './transaction-identity.js';

/** The write that a transaction is. */
export interface WatchedWrite {
  /** Its name, for events. */
  readonly operation: string;
  readonly key: KeyedWrite | null;
}

/** Who knows servers, and finds out what became of transactions. */
export interface CommitAuthority {
  /** What a connection leads to; null where it does not say. */
  serverBehind(client: pg.ClientBase, limits: RunLimits): Promise<ServerState | null>;
  /** The same, where it has been asked; undefined where it has not. */
  knownServerBehind(client: pg.ClientBase): ServerState | null | undefined;
  /**
   * Resolves if the transaction was committed; throws CommitNotStored if it was not, and AmbiguousCommitError if that is
   * not to be known.
   */
  settle(
    lost: AmbiguousCommitError,
    identity: TransactionIdentity | null,
    write: WatchedWrite,
    deadlineMs: number | null,
  ): Promise<void>;
}

/** Follows one transaction that writes, so that a lost answer to its COMMIT can be made up for. */
export class CommitWatch {
  readonly #commits: CommitAuthority;
  readonly #write: WatchedWrite;
  readonly #began = rowSink();
  readonly #state = rowSink();
  #server: ServerState | null = null;

  constructor(commits: CommitAuthority, write: WatchedWrite) {
    this.#commits = commits;
    this.#write = write;
  }

  /** What rides behind BEGIN on this connection. A new connection is asked once, in a trip of its own, what it leads to. */
  async steps(client: pg.ClientBase, limits: RunLimits): Promise<readonly Step[]> {
    return this.#following(client, await this.#commits.serverBehind(client, limits));
  }

  /** The same where it was asked before; otherwise null. */
  stepsAtOnce(client: pg.ClientBase): readonly Step[] | null {
    const server = this.#commits.knownServerBehind(client);
    return server === undefined ? null : this.#following(client, server);
  }

  #following(client: pg.ClientBase, server: ServerState | null): readonly Step[] {
    this.#server = server;
    const steps: Step[] = [];
    if (this.#server !== null && this.#server.incarnation !== null) {
      steps.push({ statement: askTransactionId, values: [], into: this.#began });
      // Behind a pooler each transaction may be on another server.
      if (isPooled(client, this.#server)) steps.push({ statement: askServerState, values: [], into: this.#state });
    }
    return steps;
  }

  /** By what the transaction can be asked after; null where it did not begin, or nothing can be known. */
  get identity(): TransactionIdentity | null {
    const began = transactionIn(this.#began);
    if (began === null || this.#server === null) return null;
    const server = this.#state.rows.length > 0 ? serverStateIn(this.#state) : this.#server;
    return { ...began, incarnation: server.processId === began.processId ? server.incarnation : null };
  }

  /** COMMIT was sent and its answer was lost: see `CommitAuthority.settle`. */
  settle(lost: AmbiguousCommitError, deadlineMs: number | null): Promise<void> {
    return this.#commits.settle(lost, this.identity, this.#write, deadlineMs);
  }
}

/** Whether statements may go to another server process than the one that pg was told of. */
function isPooled(client: pg.ClientBase, { processId }: ServerState): boolean {
  return (client as { readonly processID?: number | null }).processID !== processId;
}
