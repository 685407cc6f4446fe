import { Statement, type Step } from '../wire/statement.js';

/** The statements of one savepoint. */
export interface Savepoint {
  readonly set: Step;
  readonly release: Step;
  readonly rollBack: Step;
}

const savepoints: Savepoint[] = [];

/** The savepoint at a depth of nesting, from 1 on. */
export function savepoint(depth: number): Savepoint {
  const step = (verb: string): Step => ({ statement: new Statement(`${verb} holdfast_${depth}`, null), values: [] });
  return (savepoints[depth] ??= {
    set: step('SAVEPOINT'),
    release: step('RELEASE SAVEPOINT'),
    rollBack: step('ROLLBACK TO SAVEPOINT'),
  });
}

const step = (sql: string): Step => ({ statement: new Statement(sql, null), values: [] });

/**
 * Fails by whatever deferred constraint is violated by now, and leaves all as it was: what is deferred stays so, since
 * undoing the savepoint takes the setting back.
 */
export const deferredChecks: readonly Step[] = [
  step('SAVEPOINT holdfast_checks'),
  step('SET CONSTRAINTS ALL IMMEDIATE'),
  step('ROLLBACK TO SAVEPOINT holdfast_checks'),
  step('RELEASE SAVEPOINT holdfast_checks'),
];
