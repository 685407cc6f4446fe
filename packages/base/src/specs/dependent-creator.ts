import { payloadOf } from '../operation-keys/payload-of.js';
import { unitSpec, type UnitWrite, type WriteSpec } from './spec.js';

/** What was created first, and what depends on it. */
export interface DependentResult<First, Dependent> {
  readonly first: First;
  readonly dependent: Dependent;
}

/**
 * Creates what can only be described once something else is there, e.g. rows that refer to it, in one transaction: the
 * seeds' DependentCreator. `specOf` gets what the first spec made; it may be called again, and only describes.
 */
export function dependentCreator<First, Dependent>(
  first: WriteSpec<First>,
  specOf: (first: First) => WriteSpec<Dependent>,
): UnitWrite<DependentResult<First, Dependent>> {
  const both = unitSpec(`${first.name}WithDependents`, async (unit) => {
    const made = await unit.execute(first);
    return Object.freeze({ first: made, dependent: await unit.execute(specOf(made)) });
  });
  // Operation keys belong to the scope of the first one, and are bound to what it asks for.
  const payload: UnitWrite<unknown>['payload'] = (catalog, actor) => {
    if ('plan' in first) return payloadOf(first.plan(catalog, actor));
    return 'unit' in first ? (first.payload?.(catalog, actor) ?? '') : '';
  };
  return Object.freeze({ ...both, payload, scopeDigest: () => first.scopeDigest?.() ?? '' });
}
