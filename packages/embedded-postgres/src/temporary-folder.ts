import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ServerUser } from './server-user.js';
import type { Watchdog } from './watchdog.js';

/** A new folder that only the server's user may enter and that the watchdog will delete. */
export function temporaryFolder(purpose: string, { uid, gid }: ServerUser, watchdog: Watchdog): string {
  const folder = mkdtempSync(path.join(tmpdir(), `holdfast-postgres-${purpose}-`));
  watchdog.deleteAtTheEnd(folder);
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid);
  return folder;
}
