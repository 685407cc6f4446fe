import { constants } from 'node:os';
import { startApplication } from './application.js';
import { readConfiguration } from './configuration.js';
import { ShutDownFailure } from './shut-down-failure.js';
import { StartUpFailure } from './start-up-failure.js';
import { usage } from './usage.js';

/** A signal to the whole process group comes again from the launcher, which passes on all but Ctrl-C. */
const FORWARDED_WITHIN_MS = 250;

const ending = new AbortController();
let first: { readonly signal: NodeJS.Signals; readonly at: number } | null = null;

async function main(): Promise<void> {
  const configuration = readConfiguration(process.argv.slice(2), process.env);
  if (configuration === null) {
    process.stdout.write(usage);
    return;
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  const application = await startApplication(configuration, {
    output: process.stdout,
    errors: process.stderr,
    signal: ending.signal,
  });
  if (application === null) return;
  if (!ending.signal.aborted) await new Promise((resolve) => ending.signal.addEventListener('abort', resolve));
  await application.stop();
}

/** In order at the first signal; a second one does not wait. */
function end(signal: NodeJS.Signals): void {
  const now = performance.now();
  if (first === null) {
    first = { signal, at: now };
    ending.abort();
    return;
  }
  const isForwarded = signal === first.signal && signal !== 'SIGINT' && now - first.at < FORWARDED_WITHIN_MS;
  if (!isForwarded) process.exit(128 + constants.signals[signal]);
}

try {
  await main();
  process.exit(0);
} catch (error) {
  const isForUsers = error instanceof StartUpFailure || error instanceof ShutDownFailure;
  process.stderr.write(`${isForUsers ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(1);
}
