import { randomUUID } from 'node:crypto';
import { chownSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ServerUser } from './server-user.js';
import type { Watchdog } from './watchdog.js';

/** A new folder that only the server's user may enter and that the watchdog will delete. */
export function temporaryFolder(purpose: string, { uid, gid }: ServerUser, watchdog: Watchdog): string {
  const folder = path.join(tmpdir(), `holdfast-postgres-${purpose}-${randomUUID()}`);
  // Before it is there: this process may end at any time.
  watchdog.deleteAtTheEnd(folder);
  mkdirSync(folder, { mode: 0o700 });
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}
