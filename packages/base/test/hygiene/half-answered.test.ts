import net from 'node:net';
import { expect, it } from '@jest/globals';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { guardedPool } from '../../src/index.js';
import { fakeServer } from '../fixture/fake-server.js';
import { poolOf } from '../fixture/pool-of.js';
import { testDatabase } from '../fixture/test-database.js';

const ERROR = 'E'.charCodeAt(0);

it('a connection on which nothing follows an error is closed, and its place in the pool is free', async () => {
  const test = await testDatabase([]);
  const { hostname, port, pathname } = new URL(test.url);
  let isHealed = false;
  const way = await fakeServer((near) => {
    const far = net.connect(Number(port), hostname);
    far.on('error', () => {});
    near.on('data', (chunk) => void far.write(chunk)).on('close', () => far.destroy());
    far.on('data', (chunk) => {
      const isError = chunk[0] === ERROR && !isHealed;
      near.write(isError ? chunk.subarray(0, 1 + chunk.readInt32BE(1)) : chunk);
      // And nothing more, not even an end.
      if (isError) far.removeAllListeners('data').resume();
    });
  });
  const url = new URL(way.url);
  url.pathname = pathname;
  const options = { type: 'postgres', url: url.href, ...guardedPool({ max: 1, connectionTimeoutMillis: 0 }) };
  const dataSource = await new DataSource(options as DataSourceOptions).initialize();
  const pool = poolOf(dataSource);

  const client = await pool.connect();
  await expect(client.query('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
  isHealed = true;
  client.release();

  expect((await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);

  await dataSource.destroy();
  way.close();
  await test.close();
});
