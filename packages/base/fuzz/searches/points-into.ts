/**
 * Whether a pointer leads to something in a request, or to what is missing in something there: the name of a parameter of a
 * query string, with a JSON pointer into its value behind it, or a JSON pointer.
 */
export function pointsInto(request: unknown, pointer: string): boolean {
  if (pointer === '') return true;
  if (!(request instanceof URLSearchParams)) return leadsInto(request, pointer);
  return [...request].some(([name, value]) => {
    if (pointer === name) return true;
    if (!pointer.startsWith(`${name}/`)) return false;
    // Elements of a list, or parts of a JSON value.
    return [value.split(','), json(value)].some((one) => leadsInto(one, pointer.slice(name.length)));
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function leadsInto(json: unknown, pointer: string): boolean {
  if (!pointer.startsWith('/')) return false;
  const steps = pointer.slice(1).split('/');
  let at = json;
  return steps.every((step, index) => {
    if (typeof at !== 'object' || at === null) return false;
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const isThere = Object.hasOwn(at, name);
    at = isThere ? (at as Record<string, unknown>)[name] : undefined;
    return isThere || index === steps.length - 1;
  });
}
