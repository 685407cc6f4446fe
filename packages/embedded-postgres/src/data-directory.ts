import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { childOutput } from './child-output.js';
import { DirectoryInUse, DirectoryRefused } from './embedded-postgres-errors.js';
import { runningServer } from './postmaster-file.js';
import type { RunnableBinaries } from './runnable-binaries.js';
import type { ServerUser } from './server-user.js';

/**
 * Makes sure that `directory` can become or already is a data directory of ours, making it if it is missing.
 * Throws DirectoryRefused or DirectoryInUse, having changed nothing.
 */
export async function claimDirectory(directory: string, user: ServerUser, binaries: RunnableBinaries): Promise<void> {
  if (!existsSync(directory)) {
    const made = mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (made !== undefined) giveChainTo(user, made, directory);
  }
  refuseForeignOwner(directory, user);
  await refuseUnreachable(directory, user);
  const entries = readdirSync(directory);
  if (entries.length === 0) return;
  if (!entries.includes('PG_VERSION')) {
    throw new DirectoryRefused('FOREIGN_CONTENT', directory, 'it is not empty and not a data directory of PostgreSQL.');
  }
  const version = readFileSync(path.join(directory, 'PG_VERSION'), 'utf8').trim();
  if (version !== String(binaries.version)) {
    throw new DirectoryRefused(
      'OTHER_VERSION',
      directory,
      `it is of PostgreSQL ${version}, and this is ${binaries.version}.`,
    );
  }
  const processId = runningServer(directory);
  if (processId !== null) throw new DirectoryInUse(directory, processId);
}

function giveChainTo({ uid, gid }: ServerUser, from: string, to: string): void {
  if (uid === undefined || gid === undefined) return;
  for (let folder = to; folder.length >= from.length; folder = path.dirname(folder)) chownSync(folder, uid, gid);
}

function refuseForeignOwner(directory: string, { uid = process.getuid?.(), gid }: ServerUser): void {
  if (uid === undefined) return;
  const owner = statSync(directory).uid;
  if (owner === uid) return;
  // An empty folder that root made for us may be handed on; anything else is somebody's.
  if (owner === 0 && gid !== undefined && readdirSync(directory).length === 0) return chownSync(directory, uid, gid);
  throw new DirectoryRefused(
    'OTHER_OWNER',
    directory,
    `it belongs to user ${owner}, and the server runs as user ${uid}.`,
  );
}

async function refuseUnreachable(directory: string, user: ServerUser): Promise<void> {
  if (user.uid === undefined) return;
  const { status } = await childOutput(process.execPath, ['-e', 'process.chdir(process.argv[1])', directory], {
    ...user,
    cwd: '/',
    env: {},
  });
  if (status === 0) return;
  const explanation = `the server runs as user ${user.uid}, because it refuses to run as root, and this user cannot enter it.`;
  throw new DirectoryRefused('NOT_REACHABLE', directory, explanation);
}
