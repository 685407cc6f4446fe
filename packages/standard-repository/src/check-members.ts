import { checkObject } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';

/**
 * Throws `InvalidInput` for a spec that is no object, and (`UNKNOWN_FIELD`) for a member that nobody may give, also where
 * types were got around: it would be dropped, and its caller be told that all went well. `pointer` says where the spec lies
 * that is a part of another.
 */
export function checkMembers(spec: object, known: ReadonlySet<string>, pointer = ''): void {
  refuseStrays(spec, known, 'given', pointer);
}

/** The same for a change of a row. */
export function checkChanges(change: object, changeable: ReadonlySet<string>): void {
  refuseStrays(change, changeable, 'changed', '');
}

function refuseStrays(object: object, known: ReadonlySet<string>, verb: 'given' | 'changed', at: string): void {
  checkObject(object, at);
  for (const name of Object.keys(object)) {
    if (known.has(name)) continue;
    const pointer = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    throw new InvalidInput('UNKNOWN_FIELD', `${name} cannot be ${verb}.`, pointer);
  }
}
