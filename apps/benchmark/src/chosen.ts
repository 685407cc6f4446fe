import { RefusedOption } from './refused-option.js';

/** What is named by an option, in the order of `names`; or all. Throws for what is none of them. */
export function chosen<Name extends string>(names: readonly Name[], named: string | undefined): readonly Name[] {
  const wanted = named?.split(',');
  if (wanted === undefined) return names;
  const unknown = wanted.filter((name) => !names.some((one) => one === name));
  if (unknown.length > 0) throw new RefusedOption(`There is no ${unknown.join()}, but ${names.join()}.`);
  return names.filter((name) => wanted.includes(name));
}
