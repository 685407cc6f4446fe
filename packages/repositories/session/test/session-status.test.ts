import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ACTIVE_SESSION_STATUSES,
  isLegalTransition,
  isTerminal,
  legalPredecessors,
  LIVE_SESSION_STATUSES,
  SESSION_STATUSES,
  SessionStatus,
} from '../src/index.js';

const anyStatus = fc.constantFrom(...SESSION_STATUSES);

// A second way to know the answer: the life of a session as a drawing, one arrow per pair.
const drawing = `
  PENDING>SCHEDULED>PREPARING>CREATING>RUNNING>TERMINATING>TERMINATED
  SCHEDULED>PENDING PREPARING>PENDING
  PENDING>CANCELLED SCHEDULED>CANCELLED PREPARING>CANCELLED CREATING>CANCELLED
  SCHEDULED>TERMINATING PREPARING>TERMINATING CREATING>TERMINATING
  PENDING>ERROR SCHEDULED>ERROR PREPARING>ERROR CREATING>ERROR RUNNING>ERROR TERMINATING>ERROR
  ERROR>TERMINATING ERROR>TERMINATED`;
const arrows = new Set(
  drawing
    .trim()
    .split(/\s+/)
    .flatMap((chain) => {
      const stations = chain.split('>');
      return stations.slice(1).map((to, index) => `${stations[index]}>${to}`);
    }),
);

describe('the life of a session', () => {
  it('goes along the arrows of the drawing and nowhere else', () => {
    fc.assert(
      fc.property(anyStatus, anyStatus, (from, to) => {
        expect(isLegalTransition(from, to)).toBe(arrows.has(`${from}>${to}`));
        expect(legalPredecessors(to).includes(from)).toBe(arrows.has(`${from}>${to}`));
      }),
      { numRuns: 500 },
    );
  });

  it('can end from everywhere', () => {
    for (const status of SESSION_STATUSES) {
      const reached = new Set<SessionStatus>([status]);
      for (const from of reached)
        SESSION_STATUSES.filter((to) => isLegalTransition(from, to)).forEach((to) => reached.add(to));
      expect([...reached].some(isTerminal)).toBe(true);
    }
  });

  it('is over in two statuses, and live in all others', () => {
    expect(SESSION_STATUSES.filter(isTerminal)).toEqual([SessionStatus.TERMINATED, SessionStatus.CANCELLED]);
    expect(new Set([...LIVE_SESSION_STATUSES, 'TERMINATED', 'CANCELLED'])).toEqual(new Set(SESSION_STATUSES));
  });

  it('is active from being scheduled until it is over', () => {
    expect(ACTIVE_SESSION_STATUSES).toEqual(['SCHEDULED', 'PREPARING', 'CREATING', 'RUNNING', 'TERMINATING']);
  });
});
