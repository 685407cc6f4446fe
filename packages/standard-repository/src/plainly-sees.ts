import { type Scope, scopesOf } from '@holdfast/querier';

/**
 * Whether a scope sees these data for certain, as far as that can be told without the database: a scope that only says what
 * columns are equal to, of which the data have all, as the same values. False is not `no`. Throws Misuse for what is no scope.
 */
export function plainlySees<Row>(scope: Scope<Row>, data: object): boolean {
  const scopes = scopesOf(scope);
  if (scopes === null) return true;
  return scopes.some(({ stamp, where, existenceChecks }) => {
    if (where !== null || existenceChecks.length > 0) return false;
    return Object.entries(stamp).every(([property, value]) => isSame(data, property, value));
  });
}

function isSame(data: object, property: string, value: unknown): boolean {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar && Object.hasOwn(data, property) && (data as Readonly<Record<string, unknown>>)[property] === value;
}
