import { seededRandom } from '../seeded-random.js';
import { type FaultName, SERVER_FAULTS, type ServerFault } from './fault-name.js';

export interface ScheduledFault {
  /** How many writes have ended when it comes. */
  readonly after: number;
  readonly fault: ServerFault;
}

/** How many of each there are in a thousand writes. */
const rates: Readonly<Record<ServerFault, number>> = {
  terminate: 25,
  killBackend: 1.1,
  killServer: 0.4,
  rollingRestart: 0.4,
  poolExhaustion: 0.7,
};

/** Faults of each kind, at least one, at even distances that the seed shifts. */
export function serverFaultSchedule(seed: number, writes: number, faults: readonly FaultName[]): ScheduledFault[] {
  return SERVER_FAULTS.filter((fault) => faults.includes(fault))
    .flatMap((fault) => {
      const random = seededRandom(seed, fault);
      const count = Math.max(1, Math.round((writes * rates[fault]) / 1_000));
      // Not in the last tenth: whoever waits for a server that is down shall see it back.
      const distance = (writes * 0.9) / count;
      return Array.from({ length: count }, (_, i) => ({ after: Math.floor((i + random()) * distance), fault }));
    })
    .sort((one, other) => one.after - other.after);
}
