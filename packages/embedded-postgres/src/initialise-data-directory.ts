import { existsSync } from 'node:fs';
import path from 'node:path';
import { childOutput } from './child-output.js';
import { InitialisationFailed } from './embedded-postgres-errors.js';
import type { RunnableBinaries } from './runnable-binaries.js';
import { serverEnvironment } from './server-environment.js';
import type { ServerUser } from './server-user.js';
import type { Watchdog } from './watchdog.js';

const ARGUMENTS = [
  '--username=postgres',
  '--auth=trust',
  '--encoding=UTF8',
  // Sorts by code point on every machine alike, and knows upper and lower case beyond ASCII.
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

/** Makes an empty directory a data directory; leaves an existing one as it is. Throws InitialisationFailed. */
export async function initialiseDataDirectory(
  directory: string,
  binaries: RunnableBinaries,
  user: ServerUser,
  durable: boolean,
  watchdog: Watchdog,
): Promise<void> {
  if (existsSync(path.join(directory, 'PG_VERSION'))) return;
  const args = ['-D', directory, ...ARGUMENTS, ...(durable ? [] : ['--no-sync'])];
  const options = { ...user, cwd: directory, env: serverEnvironment() };
  let processId = 0;
  // By SIGTERM it empties the directory again.
  const result = await childOutput(binaries.initdb, args, options, (id) =>
    watchdog.endAtTheEnd((processId = id), 'SIGTERM'),
  );
  watchdog.forget(processId);
  if (result.status !== 0) throw new InitialisationFailed(result.stderr);
}
