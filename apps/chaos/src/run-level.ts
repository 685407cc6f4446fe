import { checkLedger } from './check/check-ledger.js';
import type { Findings } from './check/findings.js';
import type { ChaosArgs } from './chaos-args.js';
import { ChaosServer } from './faults/chaos-server.js';
import type { FaultName } from './faults/fault-name.js';
import { NetworkFaults } from './faults/network-faults.js';
import { serverFaultSchedule } from './faults/server-fault-schedule.js';
import { ServerFaults } from './faults/server-faults.js';
import { fillLedger } from './ledger/fill-ledger.js';
import { type OpenLedger, openLedger } from './ledger/open-ledger.js';
import { readStoredLedger } from './ledger/read-stored-ledger.js';
import { levels } from './levels/levels.js';
import { Progress } from './progress.js';
import type { ChaosReport } from './report.js';
import { Resolutions } from './resolutions.js';
import { seededRandom } from './seeded-random.js';
import { within } from './within.js';
import { planWrites } from './writing/plan-writes.js';
import { runWorkers, type Workers } from './writing/run-workers.js';

// More than there are connections, so that some of them wait.
const WORKERS = 40;
const CONNECTIONS = 32;

const told: readonly FaultName[] = ['cutBefore', 'resetBefore', 'cutAfter', 'resetAfter'];
/** Whether an answer may stay away with nothing that says so. */
const isSilent = (fault: FaultName): boolean => !told.includes(fault);

/** What a run came to, and what was found. */
export interface ChaosResult {
  readonly report: ChaosReport;
  readonly findings: Findings;
}

/**
 * Runs the ledger on a server of its own under faults, and compares in the end. Throws when that takes longer than it may,
 * and when the server does not come back. `say` is told how far it is.
 */
export async function runLevel(args: ChaosArgs, say: (line: string) => void): Promise<ChaosResult> {
  const started = performance.now();
  const plans = planWrites(args.seed, args.writes, WORKERS);
  const server = await ChaosServer.start();
  const network = await NetworkFaults.inFrontOf(server.port, args.seed, args.faults);
  const resolutions = new Resolutions();
  let opened: OpenLedger | undefined;
  let workers: Workers | undefined;
  try {
    opened = await openLedger(network.through(server.url), CONNECTIONS, args.faults.some(isSilent));
    await fillLedger(server, plans.flat());
    const schedule = serverFaultSchedule(args.seed, args.writes, args.faults);
    const faults = new ServerFaults({ server, opened, schedule, random: seededRandom(args.seed, 'victims') });
    const progress = new Progress(args.writes, say);
    network.begin(args.keepaliveMs);
    workers = runWorkers(plans, opened.ledger, levels[args.level], args.seed, (outcome, error) => {
      progress.ended(outcome, error);
      faults.writesEnded(progress.outcomes.length);
    });
    await within(args.limitSeconds, Promise.race([workers.done, faults.failure]), () => {
      return `Only ${progress.outcomes.length} of ${args.writes} writes have ended.`;
    });
    await faults.over();
    await network.end();
    const findings = checkLedger(progress.outcomes, await readStoredLedger(server));
    const report: ChaosReport = {
      writes: progress.outcomes.length,
      ...progress.counts,
      duplicates: findings.duplicates.length,
      lost: findings.lost.length,
      failedButCommitted: findings.failedButCommitted.length,
      unexplained: findings.unexplained.length,
      resolved: resolutions.count,
      resolveP50Millis: resolutions.percentile(0.5),
      resolveP99Millis: resolutions.percentile(0.99),
      landedFaults: { ...network.landed, ...faults.landed },
      seed: args.seed,
      level: args.level,
      faults: args.faults.join(','),
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
    return { report, findings };
  } finally {
    await workers?.stop();
    resolutions.stop();
    await opened?.dataSource.destroy();
    await network.end();
    await server.stop();
  }
}
