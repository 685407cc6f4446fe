import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long one slice of measuring is: it ends when both are reached. */
export interface SliceLength {
  readonly calls: number;
  readonly cpuMs: number;
}

/** After so many calls the event loop turns once, as it does in a service, so that nothing is kept that it would free. */
const BATCH = 1_000;

/**
 * Nanoseconds of CPU time that one call takes, called over and over, each awaited before the next. CPU time of the whole
 * process: what other processes do to the clock does not count, and the collection of the calls' garbage does.
 */
export async function timeCalls(call: () => Promise<void>, { calls, cpuMs }: SliceLength): Promise<number> {
  const start = process.cpuUsage();
  let done = 0;
  let micros = 0;
  while (done < calls || micros < cpuMs * 1_000) {
    for (let left = BATCH; left > 0; left -= 1) await call();
    await nextTurn();
    done += BATCH;
    const { user, system } = process.cpuUsage(start);
    micros = user + system;
  }
  return (micros * 1_000) / done;
}
