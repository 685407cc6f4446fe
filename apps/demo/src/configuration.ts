import { parseArgs } from 'node:util';
import {
  type NotificationConfiguration,
  notificationConfiguration,
} from './notifications/notification-configuration.js';
import { StartUpFailure } from './start-up-failure.js';

/** What the command line and the environment ask for. */
export interface Configuration {
  /** The port of 127.0.0.1 to listen on; 0 takes any free one. */
  readonly port: number;
  /** A database to use instead of the embedded one, or null. */
  readonly databaseUrl: string | null;
  /** The two files of a trace to start from instead of the synthetic cluster, or null. */
  readonly trace: { readonly pods: string; readonly nodes: string } | null;
  /** Whether bad lines of a trace are left out (and reported) instead of stopping the import. */
  readonly skipBadLines: boolean;
  readonly notifications: NotificationConfiguration;
}

export const DEFAULT_PORT = 8080;

/**
 * Reads the command line (without the program's name) and the environment.
 * Null means that help was asked for. Throws `StartUpFailure` for anything that makes no sense.
 */
export function readConfiguration(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Configuration | null {
  const given = parse(args);
  if (given.help === true) return null;
  return {
    port: given.port === undefined ? DEFAULT_PORT : portNumber(given.port),
    databaseUrl: databaseUrl(environment['DATABASE_URL']),
    trace: traceFiles(given.import, given.nodes),
    skipBadLines: given['skip-bad-lines'] ?? false,
    notifications: notificationConfiguration(environment),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        import: { type: 'string' },
        nodes: { type: 'string' },
        'skip-bad-lines': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    // Node explains over several sentences; the first one names the argument.
    const [first] = (error as Error).message.split(/\.\s/);
    throw new StartUpFailure(`${first!.replace(/\.$/, '')}. Try --help.`);
  }
}

function portNumber(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new StartUpFailure(`--port is a number from 0 to 65535, not "${text}".`);
  return port;
}

function databaseUrl(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  // The text may hold a password: it is not repeated.
  if (!isDatabaseUrl(text)) {
    throw new StartUpFailure(
      'DATABASE_URL is not of the form postgres://user:password@host:port/database, percent-encoded.',
    );
  }
  return text;
}

function isDatabaseUrl(text: string): boolean {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { username, password, hostname, pathname } = new URL(text);
  try {
    [username, password, hostname, pathname].forEach((part) => decodeURIComponent(part));
  } catch {
    return false;
  }
  // An @ in the path is the end of a password that held a slash.
  return !pathname.includes('@');
}

function traceFiles(pods: string | undefined, nodes: string | undefined): Configuration['trace'] {
  if (pods === undefined && nodes === undefined) return null;
  if (pods === undefined) throw new StartUpFailure('--nodes goes together with --import.');
  if (nodes === undefined) throw new StartUpFailure('--import goes together with --nodes.');
  return { pods, nodes };
}
