import { isPlainObject } from '@holdfast/querier';

/**
 * The values of many objects by name, those of each name as a list; the objects are what each item has as its member of a
 * name. Null where there are none, where they do not all have the same names in the same order, or where one is no plain
 * object.
 */
export function valuesByName(items: readonly object[], member: string): Map<string, unknown[]> | null {
  let names: readonly string[] = [];
  const lists: unknown[][] = [];
  for (let i = 0; i < items.length; i++) {
    const item: unknown = items[i];
    const object = isPlainObject(item) ? item[member] : null;
    if (!isPlainObject(object)) return null;
    const own = Object.keys(object);
    if (i === 0) {
      names = own;
      for (let at = 0; at < own.length; at++) lists.push([]);
    } else if (own.length !== names.length) {
      return null;
    }
    for (let at = 0; at < own.length; at++) {
      const name = own[at]!;
      if (name !== names[at]) return null;
      lists[at]!.push(object[name]);
    }
  }
  return items.length === 0 ? null : new Map(names.map((name, at) => [name, lists[at]!]));
}
