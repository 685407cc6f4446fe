import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { ask } from './ask.js';
import { eventually } from './eventually.js';
import { Holder } from './holder.js';
import { isRunning } from './is-running.js';

let parent: string;
let directory: string;

beforeEach(() => {
  parent = mkdtempSync(path.join(tmpdir(), 'holdfast-test-'));
  // As root, the server's user must be able to enter it.
  chmodSync(parent, 0o755);
  directory = path.join(parent, 'new/data');
});

afterEach(() => {
  Holder.killAll();
  rmSync(parent, { recursive: true, force: true });
});

describe('a directory that was asked for', () => {
  it('is made if missing and holds its data over stop and start', async () => {
    const first = await startEmbeddedPostgres({ directory });
    await ask(first.url, `CREATE TABLE kept AS SELECT 'here' AS word`);
    await first.stop();
    expect(existsSync(directory)).toBe(true);

    const second = await startEmbeddedPostgres({ directory });

    expect(second.dataDirectory).toBe(directory);
    expect(await ask(second.url, 'SELECT word FROM kept')).toEqual([['here']]);
    await second.stop();
  });

  it('holds what was committed although its owner was killed', async () => {
    const holder = new Holder({ options: { directory } });
    const { url, processId } = await holder.server();
    await ask(url, `CREATE TABLE kept AS SELECT 'here' AS word`);

    await holder.kill('SIGKILL');
    await eventually(() => !isRunning(processId));

    const second = await startEmbeddedPostgres({ directory });
    expect(await ask(second.url, 'SELECT word FROM kept')).toEqual([['here']]);
    await second.stop();
  });

  it('is refused while another server runs on it', async () => {
    const first = await startEmbeddedPostgres({ directory });

    const attempt = startEmbeddedPostgres({ directory });

    await expect(attempt).rejects.toMatchObject({
      name: 'DirectoryInUse',
      code: 'database_start_conflict',
      directory,
      processId: first.processId,
    });
    expect(await ask(first.url, 'SELECT 1')).toEqual([[1]]);
    await first.stop();
  });

  it('is given to one of two that start at once', async () => {
    await (await startEmbeddedPostgres({ directory })).stop();

    const attempts = await Promise.allSettled([
      startEmbeddedPostgres({ directory }),
      startEmbeddedPostgres({ directory }),
    ]);

    const started = attempts.flatMap((attempt) => (attempt.status === 'fulfilled' ? [attempt.value] : []));
    const refused = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason] : []));
    expect(refused).toEqual([expect.objectContaining({ name: 'DirectoryInUse' })]);
    await Promise.all(started.map((server) => server.stop()));
  });

  it('is refused untouched if it holds something else', async () => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(path.join(directory, 'letter.txt'), 'dear');
    chmodSync(directory, 0o777);

    const attempt = startEmbeddedPostgres({ directory });

    await expect(attempt).rejects.toMatchObject({ name: 'DirectoryRefused', code: 'database_setup_mismatch' });
    expect(readdirSync(directory)).toEqual(['letter.txt']);
  });

  it.each(['15', '99'])('is refused if PostgreSQL %s made it', async (version) => {
    const first = await startEmbeddedPostgres({ directory });
    await first.stop();
    writeFileSync(path.join(directory, 'PG_VERSION'), `${version}\n`);

    const attempt = startEmbeddedPostgres({ directory });

    await expect(attempt).rejects.toMatchObject({
      reason: 'OTHER_VERSION',
      message: `${directory} cannot hold the data: it is of PostgreSQL ${version}, and this is 18.`,
    });
  });

  it('is refused with settings that would lose it', async () => {
    const attempt = startEmbeddedPostgres({ directory, durability: 'fast' });

    await expect(attempt).rejects.toMatchObject({ reason: 'NEEDS_DURABILITY' });
    expect(existsSync(directory)).toBe(false);
  });
});
