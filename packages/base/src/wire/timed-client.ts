import pg from 'pg';

/** A query that pg may give up by a timer. */
interface TimedQuery {
  query_timeout?: unknown;
  callback?: ((error: Error | null, result: unknown) => void) | null | undefined;
  readonly submit?: unknown;
  handleError(error: Error, connection: unknown): void;
}

/** pg's Client, as far as it is built upon here. `test/pg-contract.test.ts` holds the installed pg against it. */
interface ClientParts {
  readonly connectionParameters: { readonly query_timeout?: unknown };
  readonly connection: { cut(): void };
  readonly _activeQuery?: unknown;
  query(config: unknown, values?: unknown, callback?: unknown): unknown;
}

const Client = pg.Client as unknown as new (config: pg.ClientConfig) => ClientParts;

/**
 * pg's timer (`query_timeout`) gives up a query and lets the server go on with it. Here the connection is closed with it:
 * nobody comes after it, and what was open is rolled back.
 */
class ClientWithTimer extends Client {
  override query(config: TimedQuery, values?: unknown, callback?: unknown): unknown {
    if (!config?.query_timeout && !this.connectionParameters.query_timeout)
      return super.query(config, values, callback);
    if (typeof config?.submit === 'function') {
      this.#cutAtTimeout(config);
      return super.query(config, values, callback);
    }
    return this.#query(config, values, callback);
  }

  #query(config: TimedQuery, values: unknown, callback: unknown): unknown {
    const query = new pg.Query(config as never, values as never) as unknown as TimedQuery;
    query.query_timeout = config.query_timeout;
    this.#cutAtTimeout(query);
    if (typeof callback === 'function') query.callback = callback as NonNullable<TimedQuery['callback']>;
    if (query.callback) return void super.query(query);
    const answer = new Promise((resolve, reject) => {
      query.callback = (error, result) => (error ? reject(error) : resolve(result));
    });
    super.query(query);
    return answer.catch((error: Error) => {
      // As pg does: where the answer was read tells nothing.
      Error.captureStackTrace(error);
      throw error;
    });
  }

  #cutAtTimeout(query: TimedQuery): void {
    const handleError = query.handleError.bind(query);
    query.handleError = (error, connection) => {
      // One that was still waiting for its turn is just left out.
      if (error.message === 'Query read timeout' && this._activeQuery === query) this.connection.cut();
      handleError(error, connection);
    };
  }
}

export const TimedClient = ClientWithTimer as unknown as typeof pg.Client;
