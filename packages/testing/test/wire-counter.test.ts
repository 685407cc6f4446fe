import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { testServerUrl, WireCounter } from '@holdfast/testing';

let counter: WireCounter;
let client: pg.Client;

beforeEach(async () => {
  counter = await WireCounter.open(await testServerUrl());
  client = new pg.Client(counter.url);
  client.on('error', () => {});
  await client.connect();
});

afterEach(async () => {
  await client.end();
  await counter.close();
});

describe('WireCounter', () => {
  it('counts a simple query as one trip and one statement', async () => {
    const count = await counter.during(() => client.query('SELECT 1'));

    expect(count).toEqual({ trips: 1, statements: ['SELECT 1'] });
  });

  it('counts a statement with parameters as one trip and gives its SQL', async () => {
    const count = await counter.during(() => client.query('SELECT $1::int', [1]));

    expect(count).toEqual({ trips: 1, statements: ['SELECT $1::int'] });
  });

  it('gives the SQL of a prepared statement again when only its name is sent', async () => {
    const query = { name: 'one', text: 'SELECT $1::int', values: [1] };
    await client.query(query);

    const count = await counter.during(() => client.query(query));

    expect(count).toEqual({ trips: 1, statements: ['SELECT $1::int'] });
  });

  it('sees transactions of every connection through it, in the order of sending', async () => {
    const other = new pg.Client(counter.url);
    await other.connect();

    const count = await counter.during(async () => {
      await client.query('BEGIN');
      await other.query('SELECT 2');
      await client.query('COMMIT');
    });

    expect(count).toEqual({ trips: 3, statements: ['BEGIN', 'SELECT 2', 'COMMIT'] });
    await other.end();
  });

  it('counts a message that arrives in several pieces once', async () => {
    const long = `SELECT length('${'x'.repeat(1_000_000)}')`;

    const count = await counter.during(() => client.query(long));

    expect(count.trips).toBe(1);
    expect(count.statements).toEqual([long]);
  });

  it('hands answers and errors through unchanged', async () => {
    expect((await client.query(`SELECT 'ä' AS a`)).rows).toEqual([{ a: 'ä' }]);
    await expect(client.query('SELECT 1/0')).rejects.toMatchObject({ code: '22012' });
  });

  it('cuts what is connected when it is closed', async () => {
    const cut = expect(client.query('SELECT pg_sleep(60)')).rejects.toThrow();

    await counter.close();

    await cut;
  });
});
