import type pg from 'pg';
import { rowOf } from '../errors/classification.js';
import { TransactionAborted } from '../errors/database-error.js';
import { sqlStateOf } from '../errors/sql-state.js';
import type { RunningQuery } from './changes-session.js';
import { PoolMates } from './pool-mates.js';
import { SessionChanges } from './session-changes.js';
import { settingChanged } from './setting-changed.js';
import { statementsIn } from './statements-in.js';
import { TimedClient } from './timed-client.js';
import { WireConnection } from './wire-connection.js';

/** How a connection is given back to its pool; with an error, or true, it is closed instead. */
type Release = (broken?: Error | boolean) => void;

/** What pg's Client keeps beyond its declared types. `test/pg-contract.test.ts` holds the installed pg against it. */
interface ClientParts {
  readonly connectionParameters: { readonly ssl?: unknown };
  readonly sslNegotiation?: string;
  connection: WireConnection;
  /** Sent, and not yet answered: neither by an error nor as a whole. */
  readonly _activeQuery?: RunningQuery | null;
  readonly _queryQueue: readonly object[];
  /** False from a query to the ReadyForQuery after it. */
  readonly readyForQuery?: boolean;
  readonly _txStatus: string | null;
  readonly _ending: boolean;
}

/** How long one that is given back may take to answer. */
const ANSWER_LIMIT_MS = 2_000;

/**
 * A client of pg on a WireConnection, which never ends the process by an 'error' event that nobody listens to, and never
 * goes back to its pool as anything but what it came from there: whoever used it, and by whatever way.
 */
export class GuardedClient extends TimedClient {
  readonly #mates: PoolMates;
  readonly #changes = new SessionChanges();
  #epoch = 0;
  #release: Release = () => {};
  // In the pool, for whoever comes next.
  #isIdle = false;
  #isRetired = false;
  // Whether its end, if it comes, says nothing more about the server.
  #isJudged = false;
  // Whether an error showed that it is not what it is taken for.
  #isStrange = false;

  constructor(config: pg.ClientConfig = {}) {
    super(withoutStream(config));
    const parts = this.#parts;
    const wire = new WireConnection({
      ...(config.stream === undefined ? {} : { stream: config.stream }),
      ssl: parts.connectionParameters.ssl ?? false,
      ...(parts.sslNegotiation === undefined ? {} : { sslNegotiation: parts.sslNegotiation }),
      keepAlive: config.keepAlive ?? false,
      keepAliveInitialDelayMillis: config.keepAliveInitialDelayMillis ?? 0,
    });
    parts.connection = wire;
    this.#mates = PoolMates.of(config);
    this.#epoch = this.#mates.epoch;
    // A checked-out client that dies tells its run; the event is only for those who look.
    this.on('error', () => {});
    // Before pg's client hears of it.
    wire.on('commandComplete', ({ text }: { readonly text: string }) => this.#completed(text));
    wire.on('parameterStatus', ({ parameterName, parameterValue }: Readonly<Record<string, string>>) =>
      this.#changes.reported(parameterName!, parameterValue!, parts._activeQuery),
    );
    wire.on('errorMessage', (error: Error) => this.#judge(error));
    wire.on('error', (error: Error) => this.#judge(error));
    wire.on('end', () => this.#ended());
  }

  get wire(): WireConnection {
    return this.#parts.connection;
  }

  get epoch(): number {
    return this.#epoch;
  }

  get #parts(): ClientParts {
    return this as unknown as ClientParts;
  }

  /** pg's pool gives it a new one whenever it hands the client out. */
  get release(): Release {
    return this.#release;
  }

  set release(give: Release) {
    if (!this.#changes.wasHandedOut) this.#handedOut();
    this.#isIdle = false;
    let isReleased = false;
    this.#release = (broken) => {
      if (isReleased) throw new Error('Release called on client which has already been released to the pool.');
      isReleased = true;
      this.#giveBack(give, broken);
    };
  }

  retire(): void {
    this.#isRetired = true;
    // One that is ending by itself tells the pool why.
    if (!this.#isIdle || this.#isJudged || this.#parts._ending) return;
    this.#isIdle = false;
    this.#isJudged = true;
    // So pg's pool learns that a connection which nobody uses is gone.
    this.emit('error', new Error('Closed: the server that it leads to is going, or takes no writes any longer.'));
    this.wire.cut();
  }

  /** The server is going, or no longer is what it was: all connections of the pool are closed, each when it is free. */
  suspect(): void {
    this.#mates.suspect(this.#epoch);
  }

  #handedOut(): void {
    const { _activeQuery, _queryQueue } = this.#parts;
    this.#changes.handedOut(_activeQuery ? [_activeQuery, ..._queryQueue] : _queryQueue);
    this.#epoch = this.#mates.epoch;
    this.#mates.join(this);
  }

  #giveBack(give: Release, broken?: Error | boolean): void {
    if (broken) return give(broken);
    if (this.wire.stream.destroyed) return give(true);
    const { _activeQuery, _queryQueue, readyForQuery } = this.#parts;
    const isBusy = Boolean(_activeQuery) || _queryQueue.length > 0;
    if (isBusy ? this.#changes.isOwn(_queryQueue.at(-1) ?? _activeQuery) : readyForQuery === false) {
      // The answer is an error, and what comes with it on its way: only then it shows in which state the connection is.
      return this.#whenAnswered(() => this.#giveBack(give));
    }
    const reason = isBusy ? 'a query was under way' : this.#whyNotAgain();
    if (reason !== null) return give(new Error(`Closed instead of used again: ${reason}.`));
    this.#isIdle = true;
    give();
  }

  #whyNotAgain(): string | null {
    const { _txStatus } = this.#parts;
    if (_txStatus !== 'I' && _txStatus !== null) return 'a transaction was open';
    if (this.#isStrange) return 'it had prepared, or begun, what nobody here knows of';
    if (this.#isRetired) return 'the server was going, or took no writes any longer';
    const { what } = this.#changes;
    return what === null ? null : settingChanged(what);
  }

  /** Where the rest does not come, and nothing says that the connection is gone either, nobody else could have its place. */
  #whenAnswered(then: () => void): void {
    const timer = setTimeout(() => this.wire.cut(), ANSWER_LIMIT_MS);
    const answered = (): void => {
      clearTimeout(timer);
      this.off('drain', answered).off('end', answered);
      then();
    };
    this.on('drain', answered).on('end', answered);
  }

  #completed(tag: string): void {
    const query = this.#parts._activeQuery ?? {};
    if (tag === 'ROLLBACK' && this.#parts._txStatus === 'E' && isCommit(query)) {
      // As if the server had said so, once it has said everything else.
      this.wire.prependOnceListener('readyForQuery', () => this.wire.emit('errorMessage', rolledBack()));
      return;
    }
    this.#changes.completed(tag, query);
  }

  #judge(error: Error & { readonly severity?: unknown }): void {
    const row = rowOf(error);
    // A run of ours has an answer to that itself.
    this.#isStrange ||= row?.includes('close') === true && this.wire.run === null;
    if (this.#isJudged || row === null) return;
    const evicts = row.includes('evicts') || (row.includes('evicts-if-writing') && this.#readsOnly(error));
    this.#isJudged = evicts || row.includes('gone') || error.severity === 'FATAL';
    if (evicts) this.suspect();
  }

  /** Whether it is the server that takes no writes, and not a transaction that was to read. */
  #readsOnly(error: Error): boolean {
    return sqlStateOf(error) !== '25006' || this.#changes.isReadOnlyServer;
  }

  #ended(): void {
    const { _ending } = this.#parts;
    this.#mates.leave(this);
    if (this.#isJudged || _ending || this.wire.isCut || !this.#changes.wasHandedOut) return;
    this.#isJudged = true;
    this.suspect();
  }
}

function isCommit({ text }: RunningQuery): boolean {
  return typeof text === 'string' && /^(COMMIT|END)\b/.test(statementsIn(text)[0] ?? '');
}

function rolledBack(): TransactionAborted {
  const cause = Object.assign(new Error('COMMIT was answered with ROLLBACK.'), { code: '25P02' });
  return new TransactionAborted({ cause, retryable: false, outcome: 'not-committed' });
}

/** A factory of streams is not to be asked for the connection that is replaced. What pg's pool hides stays hidden. */
function withoutStream(config: pg.ClientConfig): pg.ClientConfig {
  const { stream: _stream, ...rest } = Object.getOwnPropertyDescriptors(config);
  return Object.defineProperties({}, rest) as pg.ClientConfig;
}
