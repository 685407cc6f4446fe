import { owned, type UnitOfWork, unitSpec, type UnitWrite } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';

/** Several statements about a key pair in one transaction, which operation keys of the scope are bound to by what is asked for. */
export function keypairUnit<Row extends object, Result>(
  name: string,
  scope: Scope<Row>,
  asked: readonly unknown[],
  unit: (work: UnitOfWork) => Promise<Result>,
): UnitWrite<Result> {
  return owned(scope, unitSpec(name, unit, { payload: () => JSON.stringify(asked) }));
}
