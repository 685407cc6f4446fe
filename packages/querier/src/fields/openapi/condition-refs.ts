import type { Allowlist } from '../field.js';
import { type NamedAllowlist, namedAllowlists } from '../named-allowlists.js';
import type { JsonSchema } from './json-schema.js';

/** Where the schema of a search body stands in the document that refers to it. */
export interface OpenApiPlace {
  /** E.g. `#/components/schemas/SessionSearch`. */
  readonly at: string;
}

type Named = ReadonlyMap<Allowlist, NamedAllowlist>;

/** All conditions of a search, by the names that they have among the `$defs` of its body. Throws Misuse. */
export function namedConditions(allowlist: Allowlist): Named {
  return namedAllowlists(allowlist, 'Condition');
}

/** References to the conditions of allowlists. */
export function conditionRefs(named: Named, { at }: OpenApiPlace): (allowlist: Allowlist) => JsonSchema {
  return (allowlist) => ({ $ref: `${at}/$defs/${named.get(allowlist)!.name}` });
}
