import { Misuse } from '@holdfast/errors';
import type { EntityMapping, MappedColumn } from '../entity/entity-mapping.js';

/** The column that counts the versions of a row. Throws Misuse where the entity has none. */
export function versionOf({ name, versions }: EntityMapping): MappedColumn {
  const [version] = versions;
  if (version === undefined) throw new Misuse(`${name} has no version column: expectedVersion says nothing.`);
  return version;
}

/** For operations that say in another way which state of a row they mean. Throws Misuse. */
export function refuseExpectedVersion(operation: string, spec: object): void {
  if ((spec as { readonly expectedVersion?: unknown }).expectedVersion === undefined) return;
  throw new Misuse(`${operation} knows no expectedVersion: say it of single rows, or make it a condition.`);
}
