import { type HistoryPlan, type HistoryReport, longestStaleMs } from './history.js';
import { redisFaultKinds } from './redis-faults.js';

const isRight = ({ stale, failed }: HistoryReport): boolean => stale === 0 && failed.length === 0;

interface History {
  readonly name: string;
  readonly plan: Pick<HistoryPlan, 'mode' | 'kinds' | 'toleranceMs'>;
  readonly holds: (report: HistoryReport) => boolean;
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
    holds: isRight,
  },
  {
    name: 'strict writes, Redis is cut off, paused, slow and full',
    plan: { mode: 'strict', kinds: ['cut', 'pause', 'slow', 'full'], toleranceMs: 0 },
    holds: isRight,
  },
  {
    name: 'bounded writes, everything happens',
    plan: { mode: 'bounded', kinds: redisFaultKinds, toleranceMs: longestStaleMs },
    holds: isRight,
  },
  {
    name: 'memory in front of Redis, everything happens',
    plan: { mode: 'two-tier', kinds: redisFaultKinds, toleranceMs: longestStaleMs + 100 },
    holds: isRight,
  },
];
