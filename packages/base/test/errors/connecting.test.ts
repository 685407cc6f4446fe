import { randomBytes } from 'node:crypto';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { connectionError } from '../../src/errors/connection-error.js';
import { driverError } from '../../src/errors/driver-error.js';
import { bothClients } from '../fixture/both-clients.js';
import { factsOf } from '../fixture/facts-of.js';
import { fakeServer } from '../fixture/fake-server.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

const UNAVAILABLE = 'DatabaseUnavailable, not-committed, again, ends';
const REFUSED = 'DatabaseUnavailable, not-committed, ends';

const UNKNOWN = 'AmbiguousCommitError, unknown, ends';
// What was not sent, was not: not even a COMMIT.
const always = (facts: string): readonly string[] => [facts, facts, facts];

const silent = (): void => {};

describe.each(bothClients)('why there is no connection, %s', (_, Client) => {
  let test: TestDatabase;

  beforeAll(async () => void (test = await testDatabase([])));
  afterAll(() => test.close());

  async function thrownBy(config: pg.ClientConfig): Promise<Error> {
    const client = new Client({ connectionString: test.url, ...config });
    client.on('error', () => {});
    return client.connect().then(
      async () => {
        await client.end();
        throw new Error('It connected.');
      },
      (error: Error) => error,
    );
  }

  const facts = async (config: pg.ClientConfig): Promise<readonly string[]> => factsByPhase(await thrownBy(config));

  const asked = (change: (url: URL) => void): pg.ClientConfig => {
    const url = new URL(test.url);
    change(url);
    return { connectionString: url.href };
  };

  it('28: whom the server does not know, it will not know the next time', async () => {
    expect(await facts(asked((url) => (url.username = 'nobody-of-this-name')))).toEqual([
      REFUSED,
      'DatabaseError, not-committed, ends',
      UNKNOWN,
    ]);
  });

  it('3D000: nor is a database made meanwhile', async () => {
    expect(await facts(asked((url) => (url.pathname = '/nobodys')))).toEqual([
      REFUSED,
      'DatabaseError, not-committed, ends',
      UNKNOWN,
    ]);
  });

  it('53300: no connection is left for a role', async () => {
    const role = `base_${randomBytes(6).toString('hex')}`;
    await test.dataSource.query(`CREATE ROLE ${role} LOGIN PASSWORD '${role}' CONNECTION LIMIT 0`);

    const known = await facts(asked((url) => (url.username = url.password = role)));

    await test.dataSource.query(`DROP ROLE ${role}`);
    const overload = 'DatabaseUnavailable, not-committed, again, overload, ends';
    expect(known).toEqual([overload, overload, UNKNOWN]);
  });

  it('ECONNREFUSED: nobody listens', async () => {
    const server = await fakeServer(silent);
    server.close();
    const error = await thrownBy({ connectionString: server.url });
    expect(factsByPhase(error)).toEqual(always(UNAVAILABLE));
  });

  it('ECONNREFUSED: nobody listens at any of the addresses of a host', async () => {
    const server = await fakeServer(silent);
    server.close();
    const lookup: net.LookupFunction = (_host, _options, done) =>
      done(null, [
        { address: '127.0.0.1', family: 4 },
        { address: '127.0.0.2', family: 4 },
      ]);
    const socket = net.connect({ host: 'holdfast.invalid', port: server.port, lookup, autoSelectFamily: true });
    const error = await new Promise<Error>((resolve) => socket.once('error', resolve));

    expect([error.name, error.message]).toEqual(['AggregateError', '']);
    expect(factsByPhase(error)).toEqual(always(UNAVAILABLE));
    delete (error as { code?: string }).code;
    expect(factsByPhase(error)).toEqual(always(UNAVAILABLE));
  });

  it('ENOENT: the server has not made its socket yet', async () => {
    expect(await facts({ connectionString: undefined, host: '/nonexistent', user: 'postgres' })).toEqual(
      always(UNAVAILABLE),
    );
  });

  it('timeout expired: nobody answers', async () => {
    const server = await fakeServer(silent);
    expect(await facts({ connectionString: server.url, connectionTimeoutMillis: 20 })).toEqual(always(UNAVAILABLE));
    server.close();
  });

  it('Connection terminated due to connection timeout: nobody answers a pool', async () => {
    const server = await fakeServer(silent);
    const pool = new pg.Pool({ connectionString: server.url, connectionTimeoutMillis: 20, Client });
    const error = await refusal(pool);
    expect(error.message).toBe('Connection terminated due to connection timeout');
    expect(factsByPhase(error)).toEqual(always(UNAVAILABLE));
    await pool.end();
    server.close();
  });

  it('Connection terminated unexpectedly: somebody hangs up at once', async () => {
    const server = await fakeServer((client) => client.end());
    expect(await facts({ connectionString: server.url })).toEqual([
      UNAVAILABLE,
      'ConnectionLost, not-committed, again, ends, evicts',
      `${UNKNOWN}, evicts`,
    ]);
    server.close();
  });

  it('The server does not support SSL connections: nor will it the next time', async () => {
    const server = await fakeServer((client) => client.once('data', () => client.write('N')));
    expect(await facts({ connectionString: server.url, ssl: true })).toEqual(always(REFUSED));
    server.close();
  });

  it('timeout exceeded when trying to connect: all connections of the pool are in use', async () => {
    const pool = new pg.Pool({ connectionString: test.url, max: 1, Client });
    const holder = await pool.connect();
    pool.options.connectionTimeoutMillis = 20;
    const error = await refusal(pool);
    holder.release();
    await pool.end();
    expect(error.message).toBe('timeout exceeded when trying to connect');
    expect(factsByPhase(error)).toEqual(always('PoolExhausted, not-committed, overload'));
  });

  it('Cannot use a pool after calling end on the pool: it stays so', async () => {
    const pool = new pg.Pool({ connectionString: test.url, Client });
    await pool.end();
    const error = await refusal(pool);
    expect(factsByPhase(error)).toEqual(always('DatabaseUnavailable, not-committed'));
  });

  it('a certificate that is refused is not worth another try', () => {
    const error = Object.assign(new Error('certificate has expired'), { code: 'CERT_HAS_EXPIRED' });
    expect(factsOf(connectionError(error), 'not-sent')).toBe('DatabaseUnavailable, not-committed');
  });

  it('what is no error of a connection is left as it is', () => {
    for (const error of [new TypeError('of a hook'), new DOMException('enough', 'AbortError')]) {
      expect(connectionError(error)).toBe(error);
    }
  });

  it("a caller's own sockets are left alone", async () => {
    const server = await fakeServer(silent);
    server.close();
    const error = await thrownBy({ connectionString: server.url });
    expect(driverError(error, 'open')).toBe(error);
  });
});

/** Why a pool hands out no connection. */
function refusal(pool: pg.Pool): Promise<Error> {
  return pool.connect().then(
    () => new Error('It connected.'),
    (error: Error) => error,
  );
}

/** As why there is no connection; and where TypeORM hands it on, before COMMIT and then. */
function factsByPhase(error: Error): readonly string[] {
  const wrapped = Object.assign(new Error('wrapped'), { driverError: error });
  const phases = ['open', 'committing'] as const;
  return [
    factsOf(connectionError(error), 'not-sent'),
    ...phases.map((phase) => factsOf(driverError(wrapped, phase), phase)),
  ];
}
