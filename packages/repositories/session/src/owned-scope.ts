import { Misuse } from '@holdfast/errors';
import { type Scope, scopesOf, type SearchScope, searchScope, Unscoped } from '@holdfast/querier';
import { ownerProperties, type SessionOwner } from './session-owner.js';
import type { SessionRow } from './session-row.js';

const properties: ReadonlySet<string> = new Set(ownerProperties);

/**
 * The same scope of what belongs to sessions: their kernels, for one. Throws Misuse for a scope that says more of sessions
 * than whose they are, which their kernels do not know.
 */
export function ownedScope<Row extends SessionOwner>(
  scope: Scope<SessionRow>,
  related: SearchScope<Row>['related'] = {},
): Scope<Row> {
  if (Unscoped.isUnscoped(scope)) return scope;
  const [first, ...others] = scopesOf(scope)!.map((one) => ownedByOne<Row>(one, related));
  return others.length === 0 ? first! : [first!, ...others];
}

function ownedByOne<Row extends SessionOwner>(
  { name, stamp, where, existenceChecks }: SearchScope<SessionRow>,
  related: SearchScope<Row>['related'],
): SearchScope<Row> {
  if (where !== null || !Object.keys(stamp).every((property) => properties.has(property))) {
    throw new Misuse(
      `The scope ${name} says more of sessions than whose they are: what belongs to them does not know it.`,
    );
  }
  return searchScope<Row>({ name, equals: stamp, related, existenceChecks } as never);
}
