import { errorCode, HoldfastError } from '@holdfast/errors';

/** There is no packaged PostgreSQL for this platform, or optional dependencies were not installed. */
export class BinariesMissing extends HoldfastError {
  readonly packageName: string;

  constructor(packageName: string, cause: unknown) {
    const message = `No packaged PostgreSQL for this machine: ${packageName} is not installed. Use a server of your own (DATABASE_URL).`;
    super({ code: errorCode('database', 'setup', 'not-found'), message, cause });
    this.packageName = packageName;
  }
}

/** The packaged PostgreSQL does not run on this machine, e.g. because its C library is not glibc. */
export class BinariesUnusable extends HoldfastError {
  constructor(reason: string) {
    super({
      code: errorCode('database', 'setup', 'unavailable'),
      message: `The packaged PostgreSQL does not run here: ${reason}`,
    });
  }
}

/** We are root, which PostgreSQL refuses to run as, and there is neither a user postgres nor a user nobody. */
export class NoServerUser extends HoldfastError {
  constructor() {
    const message = 'PostgreSQL does not run as root, and this machine has neither a user postgres nor a user nobody.';
    super({ code: errorCode('database', 'setup', 'forbidden'), message });
  }
}

/** Why a directory was refused, as a closed list for programs to branch on. */
export type DirectoryRefusal =
  'FOREIGN_CONTENT' | 'OTHER_VERSION' | 'OTHER_OWNER' | 'NOT_REACHABLE' | 'NEEDS_DURABILITY';

/** The directory that was asked for cannot hold the data. Nothing in it was touched. */
export class DirectoryRefused extends HoldfastError {
  readonly reason: DirectoryRefusal;
  readonly directory: string;

  constructor(reason: DirectoryRefusal, directory: string, explanation: string) {
    super({
      code: errorCode('database', 'setup', 'mismatch'),
      message: `${directory} cannot hold the data: ${explanation}`,
    });
    this.reason = reason;
    this.directory = directory;
  }
}

/** Another server is running on the directory. */
export class DirectoryInUse extends HoldfastError {
  readonly directory: string;
  /** The process id of that server. */
  readonly processId: number;

  constructor(directory: string, processId: number) {
    super({
      code: errorCode('database', 'start', 'conflict'),
      message: `A server (process ${processId}) is running on ${directory}.`,
    });
    this.directory = directory;
    this.processId = processId;
  }
}

/** The port that was asked for is taken. */
export class PortTaken extends HoldfastError {
  readonly port: number;

  constructor(port: number) {
    super({ code: errorCode('database', 'start', 'already-exists'), message: `Port ${port} of 127.0.0.1 is taken.` });
    this.port = port;
  }
}

/** `initdb` could not make the data directory; `detail` is what it printed. */
export class InitialisationFailed extends HoldfastError {
  readonly detail: string;

  constructor(detail: string) {
    super({
      code: errorCode('database', 'setup', 'internal-error'),
      message: `The data directory could not be made: ${oneLine(detail, /error|fatal/i)}`,
    });
    this.detail = detail;
  }
}

/** The server ended before it was ready, or was not ready in time; `log` holds its last lines. */
export class StartFailed extends HoldfastError {
  readonly log: string;

  constructor(log: string) {
    super({
      code: errorCode('database', 'start', 'internal-error'),
      message: `PostgreSQL did not start: ${oneLine(log, /FATAL|PANIC|ERROR/)}`,
    });
    this.log = log;
  }
}

/** The line that tells most: the first one that matches, else the last one. */
function oneLine(text: string, telling: RegExp): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => telling.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}
