import { everybodysRows, type ReadSpec, type StatementWrite } from '@holdfast/base';

/**
 * The spec past row-level security, which would hide rows of one table that belong to those of another: whose rows it
 * reads or changes, its statement says itself. What its scope asks for first is asked for all the same.
 */
export function seeingAll<Spec extends ReadSpec<unknown> | StatementWrite<unknown>>(spec: Spec): Spec {
  const plan: Spec['plan'] = (catalog, actor) => {
    const planned = spec.plan(catalog, actor);
    return { ...planned, ahead: { settings: everybodysRows, checks: planned.ahead?.checks ?? null } };
  };
  const seeing: Spec = { ...spec, plan };
  return Object.freeze(seeing);
}
