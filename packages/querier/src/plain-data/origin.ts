const origins = new WeakMap<object, Readonly<Record<string, string>>>();

/**
 * Remembers where the members of a part of a querier stood in the request that it was read from, so that what the compiler
 * refuses is named as the client wrote it. A copy of the part has no origin.
 */
export function withOrigin<Part extends object>(part: Part, pointers: Readonly<Record<string, string>>): Part {
  origins.set(part, pointers);
  return part;
}

/** The pointer of a member of a part as in its request, or `otherwise`. */
export function originOf(part: unknown, member: string, otherwise: string): string {
  const pointers = typeof part === 'object' && part !== null ? origins.get(part) : undefined;
  return pointers !== undefined && Object.hasOwn(pointers, member) ? pointers[member]! : otherwise;
}
