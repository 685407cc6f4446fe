import { readFileSync, statSync } from 'node:fs';
import { NoServerUser } from './embedded-postgres-errors.js';

/** Whom the server runs as: ourselves (empty), or another user, because PostgreSQL refuses to run as root. */
export interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * As root: the owner of an existing data directory, else the user postgres, else nobody; no user is ever made.
 * Otherwise: ourselves.
 */
export function serverUser(directory: string | undefined): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const owner = directory === undefined ? undefined : statSync(directory, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const entries = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const entry = entries.find(([name]) => name === 'postgres') ?? entries.find(([name]) => name === 'nobody');
  if (entry === undefined) throw new NoServerUser();
  return { uid: Number(entry[2]), gid: Number(entry[3]) };
}
