import { InvalidInput, Misuse } from '@holdfast/errors';
import type { RelatedRows, VisibleRows } from '../condition/related-rows.js';
import { outerQualifier, type RowSource } from '../entity/row-source.js';
import type { SqlWriter } from '../entity/sql-writer.js';
import { compileScope } from './compile-scope.js';
import { everything } from './everything.js';
import { type Scope, scopesOf } from './scope.js';
import type { RelatedScope, SearchScope } from './search-scope.js';

/** What a scope lets be seen behind relations; a relation that it does not name is refused. */
export function visibleBehind<Row>(scope: Scope<Row>): RelatedRows {
  const scopes = scopesOf(scope);
  if (scopes === null) return everything;
  if (scopes.length === 1) return behindOne(scopes[0]!);
  return {
    // What a scope of a union says holds for its own rows, and not for those that are there for another.
    behind: (relation, around, pointer) =>
      visibleTo(
        scopes.map((one) => ({
          is: (writer) => compileScope({ ...around, qualifier: outerQualifier(around) }, one, writer),
          visible: behindOne(one).behind(relation, around, pointer),
        })),
      ),
  };
}

function behindOne<Row>({ name, related }: SearchScope<Row>): RelatedRows {
  return {
    behind({ property }, _around, pointer): VisibleRows {
      const scope: RelatedScope<never> | undefined = Object.hasOwn(related, property) ? related[property] : undefined;
      if (scope === undefined)
        throw unsaid(`The scope ${name} does not say what may be seen behind ${property}.`, pointer);
      if (scope === 'owned') return owned;
      return { restriction: (rows, writer) => compileScope(rows, scope, writer), related: visibleBehind(scope) };
    },
  };
}

/** Whoever asks has asked for more than their scope tells of, whichever of the two is at fault. */
function unsaid(message: string, pointer: string | undefined): InvalidInput | Misuse {
  return pointer === undefined ? new Misuse(message) : new InvalidInput('UNKNOWN_FIELD', message, pointer);
}

const owned: VisibleRows = {
  restriction: () => 'TRUE',
  related: {
    behind({ property }, _around, pointer) {
      throw unsaid(`What is 'owned' says nothing of what is behind ${property}: name a scope instead.`, pointer);
    },
  },
};

/** What is visible if the row at the root is one of a scope. */
interface Alternative {
  readonly is: (writer: SqlWriter) => string;
  readonly visible: VisibleRows;
}

function visibleTo(alternatives: readonly Alternative[]): VisibleRows {
  return {
    restriction(rows, writer) {
      const seen = alternatives.map(({ is, visible }) => `${is(writer)} AND ${visible.restriction(rows, writer)}`);
      return `(${seen.map((one) => `(${one})`).join(' OR ')})`;
    },
    related: {
      behind: (relation, around: RowSource, pointer) =>
        visibleTo(
          alternatives.map(({ is, visible }) => ({ is, visible: visible.related.behind(relation, around, pointer) })),
        ),
    },
  };
}
