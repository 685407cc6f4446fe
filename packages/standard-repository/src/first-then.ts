import { dependentCreator, type UnitOfWork, type UnitWrite, type WriteSpec } from '@holdfast/base';

/**
 * A write and what follows from it, in one transaction. To callers it is the write: its result, its name, and what
 * operation keys are bound to.
 */
export function firstThen<First>(
  first: WriteSpec<First>,
  then: (made: First) => WriteSpec<unknown>,
  check: (unit: UnitOfWork) => void = () => {},
): UnitWrite<First> {
  const both = dependentCreator(first, then);
  const unit = async (work: UnitOfWork): Promise<First> => {
    check(work);
    return (await both.unit(work)).first;
  };
  return Object.freeze({ ...both, name: first.name, unit });
}
