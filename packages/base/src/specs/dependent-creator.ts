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
  return unitSpec(`${first.name}WithDependents`, async (unit) => {
    const made = await unit.execute(first);
    return Object.freeze({ first: made, dependent: await unit.execute(specOf(made)) });
  });
}
