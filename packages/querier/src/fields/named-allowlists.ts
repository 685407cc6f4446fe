import { Misuse } from '@holdfast/errors';
import type { Allowlist } from './field.js';

/** An allowlist, and what its types are called. */
export interface NamedAllowlist {
  readonly name: string;
  readonly allowlist: Allowlist;
}

/**
 * An allowlist and all that its relations lead to, each once and under a name of its own: that of the field by which it is
 * first reached, after the name of the allowlist that the field is in. Throws Misuse where two would have the same.
 */
export function namedAllowlists(root: Allowlist, name: string): ReadonlyMap<Allowlist, NamedAllowlist> {
  const named = new Map<Allowlist, NamedAllowlist>([[root, { name, allowlist: root }]]);
  // A Map is walked to its end, what is added on the way included.
  for (const { name: from, allowlist } of named.values()) {
    for (const field of allowlist.fields.values()) {
      for (const operand of field.operators.values()) {
        if (operand.form !== 'condition') continue;
        const behind = operand.fields();
        if (!named.has(behind)) named.set(behind, { name: from + capitalised(field.name), allowlist: behind });
      }
    }
  }
  const names = new Set(Array.from(named.values(), (one) => one.name));
  if (names.size < named.size) throw new Misuse(`Relations of ${name} would give two things the same name.`);
  return named;
}

export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
