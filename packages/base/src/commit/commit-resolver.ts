import { type ColumnShape, columnType } from '@holdfast/querier';
import type { Outcome } from '@holdfast/errors';
import type { Clock, Deadline } from '@holdfast/operation';
import { runError } from '../errors/driver-error.js';
import { type Connections, isUsable } from '../wire/connection-pool.js';
import { type RowSink, rowSink } from '../wire/row-sink.js';
import type { RunFailure } from '../wire/run-failure.js';
import { runStatement } from '../wire/run-statement.js';
import { Statement, type Step } from '../wire/statement.js';
import { askServerState, serverStateIn } from './incarnation.js';
import type { TransactionIdentity } from './transaction-identity.js';
import { untilAnswered } from './until-answered.js';
import { type TransactionStatus, verdict } from './verdict.js';

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
 * running transactions have 32 bits (PostgreSQL 27.2.3).
 */
const terminate = Statement.once(
  'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1::int AND backend_xid = $2::text::xid',
  null,
);

/** What a server answered of a transaction: how it ended, that it goes on, or that nobody answered who could know. */
type Poll = Outcome | 'wait' | 'no-answer';

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
    if (identity.incarnation === null) return 'unknown';
    const poll = async (polls: number): Promise<Outcome | null> => {
      const answer = await this.#poll(identity, deadline);
      if (answer !== 'wait' && answer !== 'no-answer') return answer;
      if (answer === 'wait' && polls > PATIENT_POLLS) await this.#terminate(identity, deadline);
      return null;
    };
    return (await untilAnswered(poll, deadline, this.#clock)) ?? 'unknown';
  }

  /** Both questions go in one trip, so that one server answers them. */
  async #poll({ transactionId, incarnation }: TransactionIdentity, deadline: Deadline): Promise<Poll> {
    const state = rowSink();
    const ask: Step = { statement: askServerState, values: [], into: state };
    const [failure, { rows }] = await this.#run({ statement: askStatus, values: [transactionId] }, [ask], deadline);
    if (state.rows.length === 0) return 'no-answer';
    const now = serverStateIn(state).incarnation;
    if (now === null) return 'no-answer';
    if (failure !== null) return isFuture(failure) ? verdict(incarnation!, now, 'future') : 'no-answer';
    return verdict(incarnation!, now, (rows[0] as { readonly status: TransactionStatus }).status);
  }

  async #terminate({ transactionId, processId }: TransactionIdentity, deadline: Deadline): Promise<void> {
    const running = BigInt.asUintN(32, BigInt(transactionId)).toString();
    await this.#run({ statement: terminate, values: [String(processId), running] }, [], deadline);
  }

  #run(step: Step, before: readonly Step[], deadline: Deadline): Promise<[RunFailure | null, RowSink]> {
    return new Promise((resolve) => {
      this.#connections.checkOut({ deadlineMs: deadline.remainingMs }, (error, client, release) => {
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
