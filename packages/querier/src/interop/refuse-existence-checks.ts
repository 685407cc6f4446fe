import { Misuse } from '@holdfast/errors';
import { type Scope, scopesOf } from '../scope/scope.js';

/** Text alone asks nothing ahead of itself: a scope with existence checks would lose them in silence. Throws Misuse. */
export function refuseExistenceChecks<Row>(scope: Scope<Row>): void {
  const asking = scopesOf(scope)?.find(({ existenceChecks }) => existenceChecks.length > 0);
  if (asking === undefined) return;
  throw new Misuse(
    `The scope ${asking.name} has existence checks, which need a Database: ask them yourself, and scope without.`,
  );
}
