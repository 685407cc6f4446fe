import type { QueryCondition } from './condition.js';
import { freezeThroughout } from '../plain-data/freeze.js';

/** A condition on columns: `where<SessionRow>({ status: { in: ['PENDING', 'RUNNING'] }, priority: { gte: 10 } })`. */
export function where<Row>(condition: QueryCondition<Row>): QueryCondition<Row> {
  return freezeThroughout(condition);
}

/** Matches what all of the conditions match; with none, everything. */
export function and<Row>(...conditions: readonly QueryCondition<Row>[]): QueryCondition<Row> {
  return freezeThroughout({ and: conditions } as QueryCondition<Row>);
}

/** Matches what at least one of the conditions matches; with none, nothing. */
export function or<Row>(...conditions: readonly QueryCondition<Row>[]): QueryCondition<Row> {
  return freezeThroughout({ or: conditions } as QueryCondition<Row>);
}

/** Matches exactly what the condition does not match, NULLs included. */
export function not<Row>(condition: QueryCondition<Row>): QueryCondition<Row> {
  return freezeThroughout({ not: condition } as QueryCondition<Row>);
}
