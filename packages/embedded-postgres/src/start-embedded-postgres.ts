import path from 'node:path';
import { claimDirectory } from './data-directory.js';
import type { EmbeddedPostgres } from './embedded-postgres.js';
import { DirectoryInUse, DirectoryRefused, PortTaken } from './embedded-postgres-errors.js';
import type { EmbeddedPostgresOptions } from './embedded-postgres-options.js';
import { freePort, portIsFree } from './free-port.js';
import { initialiseDataDirectory } from './initialise-data-directory.js';
import { runningServer } from './postmaster-file.js';
import { runnableBinaries } from './runnable-binaries.js';
import { ServerProcess } from './server-process.js';
import { serverSettings } from './server-settings.js';
import { serverUser } from './server-user.js';
import { temporaryFolder } from './temporary-folder.js';
import { Watchdog } from './watchdog.js';

const PORT_ATTEMPTS = 5;

/**
 * Starts the packaged PostgreSQL on the loopback interface and resolves when it accepts connections.
 * The server ends with this process, however that ends, and does not keep it alive. Works as root too, where the server
 * runs as postgres or nobody.
 *
 * Throws BinariesMissing, BinariesUnusable, NoServerUser, DirectoryRefused, DirectoryInUse, PortTaken,
 * InitialisationFailed or StartFailed.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions = {}): Promise<EmbeddedPostgres> {
  const directory = options.directory === undefined ? undefined : path.resolve(options.directory);
  const durable = options.durability !== 'fast';
  if (directory !== undefined && !durable) {
    throw new DirectoryRefused('NEEDS_DURABILITY', directory, 'fast settings would lose it in a crash.');
  }
  if (options.port !== undefined && !(await portIsFree(options.port))) throw new PortTaken(options.port);
  const watchdog = new Watchdog();
  try {
    const user = serverUser(directory);
    const binaries = await runnableBinaries(user, watchdog);
    if (directory !== undefined) await claimDirectory(directory, user, binaries);
    const dataDirectory = directory ?? temporaryFolder('data', user, watchdog);
    await initialiseDataDirectory(dataDirectory, binaries, user, durable, watchdog);

    const start = async (port: number): Promise<EmbeddedPostgres> => {
      const server = new ServerProcess(binaries, user, dataDirectory, port, serverSettings(options));
      // Data that are deleted need no orderly end.
      watchdog.endAtTheEnd(server.processId, directory === undefined ? 'SIGQUIT' : 'SIGINT');
      server.onExit(() => watchdog.forget(server.processId));
      try {
        await server.ready();
      } catch (error) {
        await server.stop();
        throw error;
      }
      return running(server, port, dataDirectory, watchdog);
    };
    return await withPort(options.port, start).catch((error: unknown) => {
      const other = runningServer(dataDirectory);
      throw other === null ? error : new DirectoryInUse(dataDirectory, other);
    });
  } catch (error) {
    await watchdog.finish();
    throw error;
  }
}

/** Between finding a free port and listening on it, somebody else may take it. */
async function withPort<Result>(asked: number | undefined, start: (port: number) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    const port = asked ?? (await freePort());
    try {
      return await start(port);
    } catch (error) {
      if (await portIsFree(port)) throw error;
      if (asked !== undefined || attempt === PORT_ATTEMPTS) throw new PortTaken(port);
    }
  }
}

function running(server: ServerProcess, port: number, dataDirectory: string, watchdog: Watchdog): EmbeddedPostgres {
  let stopped: Promise<void> | undefined;
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    port,
    processId: server.processId,
    dataDirectory,
    stop: () => (stopped ??= server.stop().then(() => watchdog.finish())),
  };
}
