// Lua takes no more than some thousand values at once.
const MOST = 500;

/** Keys by their hash tags, which say in which slot of a cluster they lie; none twice, and not too many at once. */
export function bySlot(keys: readonly string[]): readonly (readonly string[])[] {
  if (keys.length === 1) return [keys];
  const groups = new Map<string, string[]>();
  for (const key of new Set(keys)) {
    const tag = slotOf(key);
    const group = groups.get(tag);
    if (group === undefined) groups.set(tag, [key]);
    else group.push(key);
  }
  return [...groups.values()].flatMap((group) => parts(group));
}

/** The hash tag: keys with the same lie in one slot. */
export function slotOf(key: string): string {
  return /\{([^}]+)\}/.exec(key)?.[1] ?? key;
}

function parts(group: readonly string[]): readonly (readonly string[])[] {
  const all: (readonly string[])[] = [];
  for (let from = 0; from < group.length; from += MOST) all.push(group.slice(from, from + MOST));
  return all;
}
