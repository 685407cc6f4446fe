import { Misuse } from '@holdfast/errors';
import type { RelatedRows, VisibleRows } from '../condition/related-rows.js';
import { compileScope } from './compile-scope.js';
import { everything } from './everything.js';
import { type Scope, scopesOf } from './scope.js';
import type { RelatedScope, SearchScope } from './search-scope.js';

type Related = RelatedScope<never>;

/** What a scope lets be seen behind relations; a relation that it does not name is refused. */
export function visibleBehind<Row>(scope: Scope<Row>): RelatedRows {
  const scopes = scopesOf(scope);
  if (scopes === null) return everything;
  return {
    behind({ property }) {
      return visible(
        property,
        scopes.map((one) => relatedScope(one, property)),
      );
    },
  };
}

function visible(property: string, scopes: readonly Related[]): VisibleRows {
  const flat = scopes.flatMap((one) => one);
  const given = flat.filter((one) => one !== 'owned');
  if (given.length === 0) return { restriction: () => 'TRUE', related: nothingSaid };
  // Whose rows are owned is not told apart in a union: what one scope trusts would be open to the rows of the others.
  if (given.length < flat.length)
    throw new Misuse(`The scopes of a union say both 'owned' and a scope of ${property}.`);
  const unscoped = given.find((one) => !('stamp' in one));
  const union = unscoped ?? (given as unknown as readonly [SearchScope<never>, ...SearchScope<never>[]]);
  return { restriction: (rows, writer) => compileScope(rows, union, writer), related: visibleBehind(union) };
}

const nothingSaid: RelatedRows = {
  behind({ property }) {
    throw new Misuse(`What is 'owned' says nothing of what is behind ${property}: name a scope instead.`);
  },
};

function relatedScope<Row>({ name, related }: SearchScope<Row>, property: string): Related {
  const scope = Object.hasOwn(related, property) ? related[property] : undefined;
  if (scope === undefined) throw new Misuse(`The scope ${name} does not say what may be seen behind ${property}.`);
  return scope;
}
