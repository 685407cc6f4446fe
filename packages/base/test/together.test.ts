import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { guardedPool } from '../src/index.js';
import { GuardedClient } from '../src/wire/guarded-client.js';
import { runStatement } from '../src/wire/run-statement.js';
import { Statement } from '../src/wire/statement.js';
import { tellTogether } from '../src/wire/tell-together.js';
import { writeTogether } from '../src/wire/write-together.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase, testServer } from './fixture/test-database.js';

describe('answers that are told together', () => {
  it('are told in their order, those that come up meanwhile after them', async () => {
    const told: string[] = [];

    await new Promise<void>((resolve) => {
      const last = { tell: () => (told.push('last'), resolve()) };
      tellTogether({ tell: () => (told.push('first'), tellTogether(last)) });
      tellTogether({ tell: () => void told.push('second') });
      expect(told).toEqual([]);
    });

    expect(told).toEqual(['first', 'second', 'last']);
  });

  it('are all told, though one fails', () => {
    const source = pathToFileURL(path.join(__dirname, '../src/wire/tell-together.ts')).href;
    const program = `
      process.on('uncaughtException', ({ message }) => console.log(message));
      const { tellTogether } = await import('${source}');
      tellTogether({ tell() { throw new Error('one fails'); } });
      tellTogether({ tell() { console.log('another is told'); } });`;
    const loader = path.resolve(__dirname, '../../../jest/typescript.mjs');
    const args = ['--import', pathToFileURL(loader).href, '--input-type=module', '-e', program];

    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });

    expect(stdout.trim().split('\n')).toEqual(['another is told', 'one fails']);
  });
});

describe('messages that are written together', () => {
  it('leave out a stream that was destroyed meanwhile', async () => {
    const [cut, other] = [new PassThrough(), new PassThrough()];
    writeTogether(cut, Buffer.from('cut'));
    writeTogether(other, Buffer.from('other'));
    cut.destroy();

    const [first] = (await once(other, 'data')) as [Buffer];

    expect(first.toString()).toBe('other');
    expect(cut.writableLength).toBe(0);
  });
});

describe('messages of which one cannot be written', () => {
  it('are written all but that one, whose stream ends', async () => {
    const failing = new PassThrough();
    failing.write = () => {
      throw new Error('not this one');
    };
    const other = new PassThrough();
    const ended = once(failing, 'error');
    writeTogether(failing, Buffer.from('one'));
    writeTogether(other, Buffer.from('another'));

    expect(await ended).toEqual([new Error('not this one')]);
    expect(String(other.read())).toBe('another');
  });
});

describe('statements whose messages and answers wait for each other', () => {
  let test: TestDatabase;
  beforeAll(async () => void (test = await testDatabase([ArticleRow], guardedPool({ max: 3 }))));
  afterAll(() => test.close());

  it('go on where a test has put its own timers into the place of those of Node', async () => {
    const { id } = await test.database.execute(articles.create(tenant('a'), article()));
    jest.useFakeTimers({ doNotFake: ['performance'] });
    try {
      expect((await test.database.execute(articles.get(unscoped('a test of timers'), id))).id).toBe(id);
    } finally {
      jest.useRealTimers();
    }
  });

  it('have the answer that came first, though the connection has ended before it was told', async () => {
    const client = new GuardedClient({ connectionString: testServer() });
    await client.connect();
    client.wire.once('readyForQuery', () => client.wire.cut());

    const failure = await new Promise((resolve) => {
      runStatement(client, { statement: Statement.once('SELECT 1', null), values: [] }, [], resolve);
    });

    expect(failure).toBe(null);
  });

  it('are lost where the connection is cut before they were written', async () => {
    const client = new GuardedClient({ connectionString: testServer() });
    await client.connect();

    const failure = await new Promise((resolve) => {
      runStatement(client, { statement: Statement.once('SELECT 1', null), values: [] }, [], resolve);
      client.wire.cut();
    });

    expect(failure).toMatchObject({ kind: 'lost' });
  });
});
