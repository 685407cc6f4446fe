import type { PoolFigures } from '@holdfast/base';
import type { ConnectionStates } from './connection-states.js';

/** What the process of the soak is asked: to work for so long, then to wait until nothing runs, and to look at itself. */
export interface SoakQuestion {
  readonly ms: number;
}

/** What it saw, when nothing ran. */
export interface SoakSample {
  /** Bytes of the heap and outside of it, after two full collections. */
  readonly heapBytes: number;
  readonly externalBytes: number;
  /** Of the heap, what V8 compiled: it makes and drops that as it sees fit, more of it the more is done in a second. */
  readonly codeBytes: number;
  readonly residentBytes: number;
  /** What keeps the process alive, by kind: sockets, timers … */
  readonly resources: Readonly<Record<string, number>>;
  readonly pool: PoolFigures;
  readonly connections: ConnectionStates;
  /** Bytes of the page that Prometheus reads. */
  readonly metricsBytes: number;
  /** How often each action was done since the last sample. */
  readonly actions: Readonly<Record<string, number>>;
  /** What actions failed with since the last sample, by the error's name. */
  readonly errors: Readonly<Record<string, number>>;
  /** Calls that were made again since the beginning, and transactions. */
  readonly retries: number;
  readonly replays: number;
  readonly cpuMicros: number;
}
