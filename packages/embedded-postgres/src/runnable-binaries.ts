import { chownSync, cpSync, lchownSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { childOutput, type ChildOutput } from './child-output.js';
import { BinariesUnusable } from './embedded-postgres-errors.js';
import { linkLibraries, packagedBinaries } from './packaged-binaries.js';
import { serverEnvironment } from './server-environment.js';
import type { ServerUser } from './server-user.js';
import { temporaryFolder } from './temporary-folder.js';
import type { Watchdog } from './watchdog.js';

export interface RunnableBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The major version, e.g. 18. */
  readonly version: number;
}

/** The packaged binaries if the server's user can run them where they are, else a temporary copy that this user owns. */
export async function runnableBinaries(user: ServerUser, watchdog: Watchdog): Promise<RunnableBinaries> {
  const packaged = packagedBinaries();
  if (linkLibraries(packaged)) {
    const tried = await tryToRun(packaged, user);
    if (tried.status === 0) return binaries(packaged, tried);
  }
  // E.g. we are root and the repository lies below a folder that only root may enter.
  const copy = temporaryFolder('binaries', user, watchdog);
  cpSync(packaged, copy, { recursive: true, verbatimSymlinks: true });
  linkLibraries(copy);
  giveTo(user, copy);
  const tried = await tryToRun(copy, user);
  if (tried.status !== 0) throw new BinariesUnusable(tried.stderr.trim());
  return binaries(copy, tried);
}

function tryToRun(folder: string, user: ServerUser): Promise<ChildOutput> {
  const options = { ...user, cwd: tmpdir(), env: serverEnvironment() };
  return childOutput(path.join(folder, 'bin', 'postgres'), ['--version'], options);
}

function binaries(folder: string, tried: ChildOutput): RunnableBinaries {
  return {
    initdb: path.join(folder, 'bin', 'initdb'),
    postgres: path.join(folder, 'bin', 'postgres'),
    version: Number(/ (\d+)\./.exec(tried.stdout)?.[1]),
  };
}

function giveTo({ uid, gid }: ServerUser, folder: string): void {
  if (uid === undefined || gid === undefined) return;
  chownSync(folder, uid, gid);
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    lchownSync(path.join(folder, entry), uid, gid);
}
