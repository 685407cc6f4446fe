import type { FuzzedRow } from './entity-schema.js';

/** What a row holds at a path: behind the dot, in an object that is embedded. */
export function valueAt(row: FuzzedRow, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as FuzzedRow | null | undefined)?.[name], row);
}

/** Values by path, with those of embedded objects in objects of their own. */
export function nested(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const [name, inner] = path.split('.') as [string, string | undefined];
    if (inner === undefined) row[name] = value;
    else row[name] = { ...(row[name] as object | undefined), [inner]: value };
  }
  return row;
}

/** The paths of what a row holds, where objects stand under these names. */
export function pathsOf(row: FuzzedRow, embedded: ReadonlySet<string>): readonly string[] {
  return Object.entries(row).flatMap(([name, value]) => {
    return embedded.has(name) ? Object.keys(value as object).map((inner) => `${name}.${inner}`) : [name];
  });
}
