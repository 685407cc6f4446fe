import type { SessionResult, SessionStatus, SessionType } from '@holdfast/session-repository';
import type { Pod } from './pod-schema.js';

// What a trace says in its own words, in ours. The README's table says the same.

/** The moment that the trace counts its seconds from. The trace itself tells none. */
export const TRACE_BEGINNING = new Date('2023-01-01T00:00:00Z');

interface PhaseMeaning {
  readonly status: SessionStatus;
  readonly result: SessionResult | null;
  /** Which of the pod's times the status dates from. */
  readonly since: 'creation_time' | 'scheduled_time' | 'deletion_time';
  readonly holdsResources: boolean;
}

/** By phase: the session's status, and what goes with it. */
export const phases: Readonly<Record<Pod['pod_phase'], PhaseMeaning>> = {
  Running: { status: 'RUNNING', result: null, since: 'scheduled_time', holdsResources: true },
  Failed: { status: 'ERROR', result: 'failure', since: 'deletion_time', holdsResources: false },
  Pending: { status: 'PENDING', result: null, since: 'creation_time', holdsResources: false },
  Succeeded: { status: 'TERMINATED', result: 'success', since: 'deletion_time', holdsResources: false },
};

interface QosMeaning {
  readonly project: string;
  readonly type: SessionType;
  readonly priority: number;
}

/** By quality of service (latency-sensitive, best-effort, burstable, guaranteed): whose session it is, and of what kind. */
export const qualities: Readonly<Record<Pod['qos'], QosMeaning>> = {
  LS: { project: 'ls', type: 'inference', priority: 30 },
  BE: { project: 'be', type: 'batch', priority: 10 },
  Burstable: { project: 'burstable', type: 'interactive', priority: 20 },
  Guaranteed: { project: 'guaranteed', type: 'interactive', priority: 40 },
};

/** Where pods and nodes with and without GPUs go. */
export const GPU_GROUP = 'openb-gpu';
export const CPU_GROUP = 'openb-cpu';

/** What stands in for the columns that every session and agent has and no trace tells. */
export const TRACE_IMAGE = 'openb/pod:trace';
export const TRACE_REGION = 'openb';
export const TRACE_AGENT_VERSION = 'openb';
export const TRACE_ARCHITECTURE = 'x86_64';
