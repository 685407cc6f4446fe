import { Misuse } from '@holdfast/errors';
import { arrayLiteral, encodeElement, type Scope, scopesOf } from '@holdfast/querier';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import type { Step } from '../wire/statement.js';
import { everybodysRows, rowsOfScopes } from './row-scope-settings.js';
import type { RowLevelSecurity } from './row-level-security.js';

/**
 * The settings that make the rows of a scope visible to the policies of a declaration. Throws Misuse for a scope that
 * the declaration does not know: it would hide every row.
 */
export function compileRowScope<Row extends object>(
  { entity, scopes: declared }: RowLevelSecurity<Row>,
  catalog: EntityCatalog,
  scope: Scope<Row>,
): Step {
  const scopes = scopesOf(scope);
  if (scopes === null) return everybodysRows;
  const mapping = catalog.mappingOf(entity);
  const values: Record<string, string[]> = {};
  for (const { name, stamp } of scopes) {
    const property = Object.hasOwn(declared, name) ? declared[name]! : null;
    if (property === null) throw new Misuse(`Row-level security of ${mapping.name} does not know the scope ${name}.`);
    if (!Object.hasOwn(stamp, property)) throw new Misuse(`The scope ${name} of ${mapping.name} says no ${property}.`);
    const text = encodeElement(mapping.column(property).type, stamp[property], `/scope/${property}`);
    (values[name] ??= []).push(text);
  }
  return rowsOfScopes(Object.fromEntries(Object.entries(values).map(([name, texts]) => [name, arrayLiteral(texts)])));
}
