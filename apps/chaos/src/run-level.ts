import { checkLedger } from './check/check-ledger.js';
import type { Findings } from './check/findings.js';
import type { ChaosArgs } from './chaos-args.js';
import { ChaosServer } from './faults/chaos-server.js';
import { serverFaultSchedule } from './faults/server-fault-schedule.js';
import { ServerFaults } from './faults/server-faults.js';
import { fillLedger } from './ledger/fill-ledger.js';
import { openLedger } from './ledger/open-ledger.js';
import { readStoredLedger } from './ledger/read-stored-ledger.js';
import { levels } from './levels/levels.js';
import type { ChaosReport } from './report.js';
import { Resolutions } from './resolutions.js';
import { seededRandom } from './seeded-random.js';
import { planWrites } from './work/plan-writes.js';
import { runWorker } from './work/run-worker.js';
import type { WriteOutcome } from './work/write-outcome.js';

const WORKERS = 24;
const CONNECTIONS = 20;

/** What a run came to, and what was found. */
export interface ChaosResult {
  readonly report: ChaosReport;
  readonly findings: Findings;
}

/** Runs the ledger on a server of its own under faults, and compares in the end. Throws when it takes too long. */
export async function runLevel(args: ChaosArgs, progress: (line: string) => void): Promise<ChaosResult> {
  const { seed, writes } = args;
  const started = performance.now();
  const plans = planWrites(seed, writes, WORKERS);
  const server = await ChaosServer.start();
  const resolutions = new Resolutions();
  const outcomes: WriteOutcome[] = [];
  try {
    const opened = await openLedger(server.url, CONNECTIONS);
    await fillLedger(server, plans.flat());
    const schedule = serverFaultSchedule(seed, writes, args.faults);
    const faults = new ServerFaults({ server, opened, schedule, random: seededRandom(seed, 'victims') });
    const ended = (outcome: WriteOutcome, error: unknown): void => {
      outcomes.push(outcome);
      faults.writesEnded(outcomes.length);
      if (outcomes.length % Math.ceil(writes / 10) === 0) progress(`${outcomes.length} writes`);
      if (error !== null) progress(`${outcome.write.kind} ${outcome.told}: ${String(error)}`);
    };
    const working = plans.map((own, worker) =>
      runWorker({
        ledger: opened.ledger,
        level: levels[args.level],
        writes: own,
        random: seededRandom(seed, `delays of ${worker}`),
        ended,
      }),
    );
    await within(args.limitSeconds, Promise.race([Promise.all(working), faults.failure]), () => outcomes.length);
    await faults.over();
    const findings = checkLedger(outcomes, await readStoredLedger(server));
    await opened.dataSource.destroy();
    const told = (what: WriteOutcome['told']): number => outcomes.filter((outcome) => outcome.told === what).length;
    const report: ChaosReport = {
      writes: outcomes.length,
      acknowledged: told('acknowledged'),
      failed: told('failed'),
      ambiguous: told('ambiguous'),
      duplicates: findings.duplicates.length,
      lost: findings.lost.length,
      failedButCommitted: findings.failedButCommitted.length,
      unexplained: findings.unexplained.length,
      resolved: resolutions.count,
      resolveP50Millis: resolutions.percentile(0.5),
      resolveP99Millis: resolutions.percentile(0.99),
      landedFaults: faults.landed,
      seed,
      level: args.level,
      faults: args.faults.join(','),
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
    return { report, findings };
  } finally {
    resolutions.stop();
    await server.stop();
  }
}

async function within<Result>(seconds: number, work: Promise<Result>, done: () => number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const fail = (): void => reject(new Error(`After ${seconds} s only ${done()} writes have ended.`));
    timer = setTimeout(fail, seconds * 1_000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
