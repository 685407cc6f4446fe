import type { FaultName } from './fault-name.js';

/** How many faults of each kind there were: those that met something. */
export type LandedFaults = Readonly<Partial<Record<FaultName, number>>>;
