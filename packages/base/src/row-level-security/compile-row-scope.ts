import { Misuse } from '@holdfast/errors';
import {
  arrayLiteral,
  encodeElement,
  type EntityShape,
  type Scope,
  scopesOf,
  type SearchScope,
  Unscoped,
} from '@holdfast/querier';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import type { Step } from '../wire/statement.js';
import { everybodysRows, rowsOfScopes } from './row-scope-settings.js';
import type { RowLevelSecurity } from './row-level-security.js';

/** The values of each scope by its name, as texts. */
type Values = Map<string, Set<string>>;
type Declared = Readonly<Record<string, string>>;

/**
 * The settings that make the rows of a scope visible to the policies of a declaration, and with `relations` to those of
 * the tables behind relations what is said of them. Throws Misuse for a scope that the declaration does not know, which
 * would hide every row, and for one behind a relation that cannot be said as values of one column.
 */
export function compileRowScope<Row extends object>(
  { entity, scopes: declared }: RowLevelSecurity<Row>,
  catalog: EntityCatalog,
  scope: Scope<Row>,
  relations: boolean,
): Step {
  const scopes = scopesOf(scope);
  if (scopes === null) return everybodysRows;
  const mapping = catalog.mappingOf(entity);
  const values: Values = new Map();
  for (const { name, stamp } of scopes) {
    const property = columnOf(declared, name);
    if (property === null) throw new Misuse(`Row-level security of ${mapping.name} does not know the scope ${name}.`);
    if (!Object.hasOwn(stamp, property)) throw new Misuse(`The scope ${name} of ${mapping.name} says no ${property}.`);
    add(values, mapping, name, property, stamp);
  }
  const seen = new Set<unknown>();
  if (relations && !scopes.every((one) => addRelated(values, mapping, declared, one, seen))) return everybodysRows;
  return rowsOfScopes(Object.fromEntries([...values].map(([name, texts]) => [name, arrayLiteral([...texts])])));
}

/**
 * Adds what a scope says of rows behind relations, however far; false if somewhere that is everybody's rows. Scopes may
 * lead in circles: those that were seen say nothing new.
 */
function addRelated<Row>(
  values: Values,
  shape: EntityShape,
  declared: Declared,
  scope: SearchScope<Row>,
  seen: Set<unknown>,
): boolean {
  if (seen.has(scope)) return true;
  seen.add(scope);
  return Object.entries(scope.related).every(([relation, said]) => {
    const target = shape.relations.get(relation)?.target;
    if (target === undefined) return true;
    return [said].flat().every((one) => {
      // Those are rows of whoever the row is of, and policies see them so.
      if (one === 'owned') return true;
      if (Unscoped.isUnscoped(one)) return false;
      const { name, stamp } = one as SearchScope<never>;
      const known = columnOf(declared, name);
      const stamped = Object.keys(stamp);
      const property =
        known !== null && Object.hasOwn(stamp, known) ? known : stamped.length === 1 ? stamped[0]! : null;
      if (property === null) {
        throw new Misuse(
          `Row-level security cannot tell whose rows the scope ${name} of ${relation} means: equals has to name one column.`,
        );
      }
      add(values, target, name, property, stamp);
      return addRelated(values, target, declared, one as SearchScope<never>, seen);
    });
  });
}

function columnOf(declared: Declared, name: string): string | null {
  return Object.hasOwn(declared, name) ? declared[name]! : null;
}

function add(
  values: Values,
  shape: EntityShape,
  name: string,
  property: string,
  stamp: SearchScope<never>['stamp'],
): void {
  const column = shape.columns.get(property);
  if (column === undefined) throw new Misuse(`The scope ${name} is not one of ${shape.name}.`);
  const texts = values.get(name) ?? new Set();
  values.set(name, texts.add(encodeElement(column.type, stamp[property], `/scope/${property}`)));
}
