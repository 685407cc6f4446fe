import type { Plan } from '../specs/spec.js';

const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * What a write asks for, as a text that is equal for equal writes: its statements and their values, but for the keys that
 * were made here, which differ each time. Another version of the application may have other statements for the same: then
 * it is told so, rather than given an answer that it cannot read.
 */
export function payloadOf(plan: Plan<unknown>): string {
  const { statement, values, before = [] } = plan;
  const own = new Set(plan.minted?.());
  const parts = [...before, { statement, values }].map((step) => [
    step.statement.sql,
    step.values.map((value) =>
      own.size === 0 ? value : (value?.replaceAll(uuids, (id) => (own.has(id) ? '' : id)) ?? null),
    ),
  ]);
  return JSON.stringify(parts);
}
