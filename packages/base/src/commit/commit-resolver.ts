import { type ColumnShape, columnType } from '@holdfast/querier';
import type { Outcome } from '@holdfast/errors';
import type { Clock, Deadline } from '@holdfast/operation';
import { runError } from '../errors/driver-error.js';
import { type Connections, isUsable } from '../wire/connection-pool.js';
import { type RowSink, rowSink } from '../wire/row-sink.js';
import type { RunFailure } from '../wire/run-failure.js';
import { runStatement } from '../wire/run-statement.js';
import { Statement, type Step } from '../wire/statement.js';
import { askServerState, type Incarnation, serverStateIn } from './incarnation.js';
import type { TransactionIdentity } from './transaction-identity.js';
import { untilAnswered } from './until-answered.js';
import { isSameLife, type TransactionStatus, verdict } from './verdict.js';

// A server notices that a client is gone when it next reads or writes; one that has not by now never may.
const PATIENT_POLLS = 2;

const status: ColumnShape = { property: 'status', sql: 'status', type: columnType('text'), nullable: true };
const askStatus = Statement.once('SELECT pg_xact_status($1::xid8) AS status', {
  columns: [status],
  extra: [],
  keys: [],
  leads: 0,
});

/**
 * By the transaction, too: a process that has gone on to another one, a pooler's for instance, is left alone. The ids of
 * running transactions have 32 bits (PostgreSQL 27.2.3). One that waits for its standbys has been committed here, and
 * would be taken for safe if its waiting were ended (26.2.8).
 */
const terminate = Statement.once(
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid = $1::int AND backend_xid = $2::text::xid AND wait_event IS DISTINCT FROM 'SyncRep'`.replaceAll(
    /\s+/g,
    ' ',
  ),
  null,
);

/**
 * By what it runs: the number may be a pooler's, or that of another process by now. One whose client is gone before its
 * Sync keeps its rows, and no timeout for idle transactions ends it.
 */
const terminateRunning = Statement.once(
  `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE pid = $1::int AND query <> '' AND starts_with($2::text, query) AND wait_event IS DISTINCT FROM 'SyncRep'`.replaceAll(
    /\s+/g,
    ' ',
  ),
  null,
);

/** What a server answered of a transaction: how it ended, or that it goes on and may be ended or not. */
type Answer = Outcome | 'running' | 'left-alone';

/** Finds out, on connections of its own, what became of transactions whose COMMIT was not answered. */
export class CommitResolver {
  readonly #connections: Connections;
  readonly #clock: Clock;

  constructor(connections: Connections, clock: Clock) {
    this.#connections = connections;
    this.#clock = clock;
  }

  /**
   * Asks until the transaction is known to have ended one way or the other, or to be past knowing, or until the deadline.
   * Waits while the server is away or only follows another one. A transaction that goes on without its client is ended:
   * its locks would stay, and nobody could tell any more what becomes of it.
   */
  async resolve(identity: TransactionIdentity, deadline: Deadline): Promise<Outcome> {
    const { incarnation } = identity;
    if (incarnation === null) return 'unknown';
    let waits = 0;
    const ask = async (): Promise<Outcome | null> => {
      const answer = await this.#poll(identity, incarnation, deadline);
      if (answer === 'running' && ++waits > PATIENT_POLLS) await this.#terminate(identity, deadline);
      return answer === 'running' || answer === 'left-alone' ? null : answer;
    };
    return (await untilAnswered(ask, deadline, this.#clock)) ?? 'unknown';
  }

  /** Both questions go in one trip, so that one server answers them. Null where nobody answered who could know. */
  async #poll(
    { transactionId }: TransactionIdentity,
    incarnation: Incarnation,
    deadline: Deadline,
  ): Promise<Answer | null> {
    const state = rowSink();
    const ask: Step = { statement: askServerState, values: [], into: state };
    const [failure, { rows }] = await this.#run({ statement: askStatus, values: [transactionId] }, [ask], deadline);
    const now = state.rows.length === 0 ? null : serverStateIn(state).incarnation;
    if (now === null || (failure !== null && !isFuture(failure))) return null;
    const told = failure === null ? (rows[0] as { readonly status: TransactionStatus }).status : 'future';
    const answer = verdict(incarnation, now, told);
    if (answer !== 'wait') return answer;
    return isSameLife(incarnation, now) ? 'running' : 'left-alone';
  }

  async #terminate({ transactionId, processId }: TransactionIdentity, deadline: Deadline): Promise<void> {
    const running = BigInt.asUintN(32, BigInt(transactionId)).toString();
    await this.#run({ statement: terminate, values: [String(processId), running] }, [], deadline);
  }

  /** Ends a process that still runs a statement whose client is gone. */
  async terminate(processId: number, { sql }: Statement, deadline: Deadline): Promise<void> {
    await this.#run({ statement: terminateRunning, values: [String(processId), sql] }, [], deadline);
  }

  #run(step: Step, before: readonly Step[], deadline: Deadline): Promise<[RunFailure | null, RowSink]> {
    return new Promise((resolve) => {
      this.#connections.checkOut({ deadline }, (error, client, release) => {
        if (error !== null) return resolve([{ kind: 'not-sent', error }, rowSink()]);
        runStatement(client, step, before, (failure, sink) => {
          release(failure?.kind === 'lost' || !isUsable(client));
          resolve([failure, sink]);
        });
      });
    });
  }
}

/** The server has not given out the id: 22023, of which there is no other reason here. */
function isFuture(failure: RunFailure): boolean {
  return (runError(failure, 'open') as { readonly sqlState?: string | null }).sqlState === '22023';
}
