import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { ask } from './ask.js';
import { eventually } from './eventually.js';
import { Holder } from './holder.js';
import { installPackage } from './install-package.js';

const NOBODY = 65534;
const weAreRoot = process.getuid?.() === 0;
const nobodyRunsNode =
  weAreRoot && spawnSync(process.execPath, ['--version'], { uid: NOBODY, gid: NOBODY, cwd: '/' }).status === 0;

const asRoot = weAreRoot ? it : it.skip;
const asNobody = nobodyRunsNode ? it : it.skip;
const forRoot = weAreRoot ? '' : ' (left out: these tests do not run as root)';
const forNobody = nobodyRunsNode ? '' : ' (left out: it takes root, and a Node that the user nobody can run)';

let folder: string;
let temporaryFolder: string;

beforeEach(() => {
  // Directly below /tmp, whatever TMPDIR says: both root and nobody must be able to get there.
  folder = mkdtempSync('/tmp/holdfast-test-');
  chmodSync(folder, 0o755);
  temporaryFolder = path.join(folder, 'tmp');
  mkdirSync(temporaryFolder, { mode: 0o755 });
});

afterEach(() => {
  Holder.killAll();
  rmSync(folder, { recursive: true, force: true });
});

describe('a server', () => {
  asRoot(`does not run as root when it is started by root${forRoot}`, async () => {
    const holder = new Holder({ options: { durability: 'fast' }, temporaryFolder });

    const { processId } = await holder.server();

    expect(statSync(`/proc/${processId}`).uid).not.toBe(0);
    await holder.kill('SIGKILL');
    await eventually(() => readdirSync(temporaryFolder).length === 0);
  });

  asNobody(
    `runs as the unprivileged user who starts it, from read-only packages without links${forNobody}`,
    async () => {
      const program = installPackage(folder);
      chownSync(temporaryFolder, NOBODY, NOBODY);
      const holder = new Holder({
        program: [program],
        options: { durability: 'fast' },
        temporaryFolder,
        uid: NOBODY,
        gid: NOBODY,
      });

      const { processId, url } = await holder.server();

      expect(await ask(url, 'SELECT 1')).toEqual([[1]]);
      expect(statSync(`/proc/${processId}`).uid).toBe(NOBODY);
      await holder.kill('SIGKILL');
      await eventually(() => readdirSync(temporaryFolder).length === 0);
    },
  );

  asRoot(`starts from packages in a folder that only root may enter, and leaves them alone${forRoot}`, async () => {
    const closed = path.join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const program = installPackage(closed);
    const holder = new Holder({ program: [program], options: { durability: 'fast' }, temporaryFolder });

    const { url } = await holder.server();

    expect(await ask(url, 'SELECT 1')).toEqual([[1]]);
    expect(readdirSync(temporaryFolder)).toHaveLength(2); // the data and a copy of the binaries
    await holder.kill('SIGKILL');
    await eventually(() => readdirSync(temporaryFolder).length === 0);
    expect(statSync(program).isFile()).toBe(true);
  });

  asRoot(`refuses a directory that its user cannot enter, in one clear line${forRoot}`, async () => {
    const closed = path.join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const directory = path.join(closed, 'data');
    const holder = new Holder({ options: { directory }, temporaryFolder });

    await expect(holder.server()).rejects.toThrow(
      /DirectoryRefused: \S+ cannot hold the data: the server runs as user \d+, because it refuses to run as root, and this user cannot enter it\./,
    );
  });

  asRoot(`runs as the owner of the directory, and so finds its data whoever starts it${forRoot}`, async () => {
    const directory = path.join(folder, 'data');
    mkdirSync(directory, { mode: 0o700 });
    chownSync(directory, NOBODY, NOBODY);
    const holder = new Holder({ options: { directory }, temporaryFolder });

    const { processId } = await holder.server();

    expect(statSync(`/proc/${processId}`).uid).toBe(NOBODY);
    await holder.kill('SIGKILL');
    await eventually(() => !readdirSync(directory).includes('postmaster.pid'));
  });
});
