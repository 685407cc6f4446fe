import { startApplication } from './application.js';
import { readConfiguration } from './configuration.js';
import { StartUpFailure } from './start-up-failure.js';
import { usage } from './usage.js';

const ending = new AbortController();

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

/** In order at the first signal; a second Ctrl-C does not wait. */
function end(signal: NodeJS.Signals): void {
  if (ending.signal.aborted && signal === 'SIGINT') process.exit(130);
  ending.abort();
}

try {
  await main();
  process.exit(0);
} catch (error) {
  const isForUsers = error instanceof StartUpFailure;
  process.stderr.write(`${isForUsers ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(1);
}
