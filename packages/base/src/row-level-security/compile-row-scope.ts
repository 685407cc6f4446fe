import { Misuse } from '@holdfast/errors';
import {
  arrayLiteral,
  defaultLimits,
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
  if (relations && !addRelated(values, mapping, declared, scopes)) return everybodysRows;
  return rowsOfScopes(Object.fromEntries([...values].map(([name, texts]) => [name, arrayLiteral([...texts])])));
}

/**
 * Adds what scopes say of rows behind relations, as far as conditions reach; false if somewhere that is everybody's rows.
 * Scopes may lead in circles, or make others without an end.
 */
function addRelated<Row>(
  values: Values,
  shape: EntityShape,
  declared: Declared,
  scopes: readonly SearchScope<Row>[],
): boolean {
  const seen = new Set<unknown>(scopes);
  let level: readonly Reached[] = scopes.map(({ related }) => ({ shape, related }));
  for (let depth = 0; level.length > 0 && depth < defaultLimits.maxDepth; depth++) {
    const next: Reached[] = [];
    for (const { relation, target, one } of level.flatMap(stepsOf)) {
      // Those are rows of whoever the row is of, and policies see them so.
      if (one === 'owned' || seen.has(one)) continue;
      if (Unscoped.isUnscoped(one)) return false;
      seen.add(one);
      add(values, target, one.name, saidColumn(declared, one, relation), one.stamp);
      next.push({ shape: target, related: one.related });
    }
    level = next;
  }
  return true;
}

/** Rows of an entity, and what a scope of them lets be seen behind their relations. */
interface Reached {
  readonly shape: EntityShape;
  readonly related: SearchScope<never>['related'];
}

interface RelatedStep {
  readonly relation: string;
  readonly target: EntityShape;
  readonly one: SearchScope<never> | Unscoped | 'owned';
}

function stepsOf({ shape, related }: Reached): readonly RelatedStep[] {
  return Object.entries(related).flatMap(([relation, said]) => {
    const target = shape.relations.get(relation)?.target;
    return target === undefined ? [] : [said].flat().map((one) => ({ relation, target, one }));
  });
}

/** The column whose value is said of a scope behind a relation. */
function saidColumn(declared: Declared, { name, stamp }: SearchScope<never>, relation: string): string {
  const known = columnOf(declared, name);
  if (known !== null && Object.hasOwn(stamp, known)) return known;
  const [only, ...more] = Object.keys(stamp);
  if (only !== undefined && more.length === 0) return only;
  const scope = `the scope ${name} of ${relation}`;
  throw new Misuse(`Row-level security cannot tell whose rows ${scope} means: equals has to name one column.`);
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
