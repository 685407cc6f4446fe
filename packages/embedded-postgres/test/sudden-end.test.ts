import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ask } from './ask.js';
import { eventually } from './eventually.js';
import { Holder } from './holder.js';
import { isRunning } from './is-running.js';

let temporaryFolder: string;

beforeEach(() => {
  temporaryFolder = mkdtempSync(path.join(tmpdir(), 'holdfast-test-'));
  // As root, the server's user must be able to enter it.
  chmodSync(temporaryFolder, 0o755);
});

afterEach(() => {
  Holder.killAll();
  rmSync(temporaryFolder, { recursive: true, force: true });
});

const nothingIsLeft = (): boolean => readdirSync(temporaryFolder).length === 0;

describe('a server whose owner', () => {
  it('is killed by SIGKILL ends and leaves nothing behind', async () => {
    const holder = new Holder({ options: { durability: 'fast' }, temporaryFolder });
    const { processId } = await holder.server();
    expect(nothingIsLeft()).toBe(false);

    await holder.kill('SIGKILL');

    await eventually(() => !isRunning(processId));
    await eventually(nothingIsLeft);
  });

  it('is killed while it starts leaves nothing behind', async () => {
    const holder = new Holder({ options: { durability: 'fast' }, temporaryFolder });
    await eventually(() => readdirSync(temporaryFolder).some((name) => name.includes('data')));

    await holder.kill('SIGKILL');

    await eventually(nothingIsLeft);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)(
    'is ended by %s, which it does not handle, leaves nothing behind',
    async (signal) => {
      const holder = new Holder({ options: { durability: 'fast' }, temporaryFolder });
      const { processId } = await holder.server();

      await holder.kill(signal);

      await eventually(() => !isRunning(processId));
      await eventually(nothingIsLeft);
    },
  );

  it('drains on Ctrl-C still answers until it is stopped', async () => {
    const holder = new Holder({ options: { durability: 'fast' }, temporaryFolder });
    const { processId, url } = await holder.server();

    holder.signalGroup('SIGINT');
    expect(await holder.line()).toBe('draining');
    expect(await ask(url, 'SELECT 1')).toEqual([[1]]);

    holder.tell('go on');
    expect(await holder.line()).toBe('stopped');
    expect(await holder.ended()).toBe(0);
    expect(isRunning(processId)).toBe(false);
    expect(nothingIsLeft()).toBe(true);
  });

  it('did not succeed in starting it leaves nothing behind', async () => {
    const holder = new Holder({ options: { durability: 'fast', settings: { no_such_setting: 1 } }, temporaryFolder });

    expect(await holder.ended()).toBe(1);

    expect(nothingIsLeft()).toBe(true);
  });
});
