import type { AgentId, SessionId } from '@holdfast/domain-types';
import type { PendingSession } from './pending-session.js';

/** Amounts by slot name, as a jsonb column holds them. */
export type RawSlots = Readonly<Record<string, string>>;

/** A pending session that may start now, or never. */
export type RawWaitingSession = Omit<PendingSession, 'requestedSlots'> & {
  readonly requestedSlots: RawSlots;
  /** What it waits for in vain; null: nothing keeps it from starting. */
  readonly failed: readonly SessionId[] | null;
};

export interface RawActiveAgent {
  readonly id: AgentId;
  readonly architecture: string;
  readonly gpuModel: string | null;
  readonly availableSlots: RawSlots;
}

/** What the kernels of an agent take of one slot together. */
export interface RawOccupation {
  readonly agentId: AgentId;
  readonly slotName: string;
  /** Decimal text, exact. */
  readonly amount: string;
}

/** What the queries of one snapshot returned, before anything is computed from it. */
export interface RawSchedulingData {
  readonly waitingSessions: readonly RawWaitingSession[];
  readonly activeAgents: readonly RawActiveAgent[];
  readonly occupations: readonly RawOccupation[];
}
