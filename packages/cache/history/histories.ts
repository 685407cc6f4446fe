import type { HistoryPlan, HistoryReport } from './history.js';
import { longestStaleMs } from './member.js';

const isRight = ({ stale, staleUntold, failed }: HistoryReport): boolean =>
  stale === 0 && staleUntold === 0 && failed.length === 0;

/** Where no fault of Redis may take from a write what it was promised: Redis was told, or nothing was written. */
const isStrictlyRight = (report: HistoryReport): boolean => isRight(report) && report.oldestMs === 0;

interface History {
  readonly name: string;
  readonly plan: Pick<HistoryPlan, 'mode' | 'kinds' | 'isCluster' | 'toleranceMs'>;
  readonly holds: (report: HistoryReport) => boolean;
  /** Whether only the command runs it: a cluster is long in starting. Default false. */
  readonly isLong?: boolean;
}

/** What each mode promises, and that the check can tell. */
export const histories: readonly History[] = [
  {
    name: 'naive order, nothing happens to Redis',
    plan: { mode: 'naive', kinds: [], toleranceMs: 0 },
    holds: ({ stale }) => stale > 0,
  },
  {
    name: 'bounded writes, nothing happens to Redis',
    plan: { mode: 'bounded', kinds: [], toleranceMs: 0 },
    holds: isStrictlyRight,
  },
  {
    name: 'strict writes, Redis is cut off, paused, slow and full, and forgets its scripts',
    plan: { mode: 'strict', kinds: ['cut', 'pause', 'slow', 'full', 'forgotten scripts'], toleranceMs: 0 },
    holds: isStrictlyRight,
  },
  {
    name: 'strict writes on a cluster, whose nodes are paused and full, and whose slots move',
    plan: { mode: 'strict', isCluster: true, kinds: ['pause', 'full', 'moved slot'], toleranceMs: 0 },
    holds: isStrictlyRight,
    isLong: true,
  },
  {
    name: 'bounded writes, everything happens',
    plan: { mode: 'bounded', toleranceMs: 0 },
    holds: isRight,
  },
  {
    name: 'bounded writes on a cluster, everything happens',
    plan: { mode: 'bounded', isCluster: true, toleranceMs: 0 },
    holds: isRight,
  },
  {
    name: 'memory in front of Redis, everything happens',
    plan: { mode: 'two-tier', toleranceMs: longestStaleMs + 100 },
    holds: isRight,
  },
  {
    name: 'memory in front of a cluster, everything happens',
    plan: { mode: 'two-tier', isCluster: true, toleranceMs: longestStaleMs + 100 },
    holds: isRight,
    isLong: true,
  },
];
