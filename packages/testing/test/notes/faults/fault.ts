import type { Database } from '@holdfast/base';
import { NoteRepository } from '../notes-under-test.js';
import { type Operation, type Otherwise, wrapped } from '../wrapped.js';

/** A way to be wrong, and the cases that find it out. */
export interface Fault {
  readonly fault: string;
  readonly repository: (database: Database) => NoteRepository;
  /** All cases whose titles match must fail. */
  readonly foundBy: RegExp;
}

export const operations = Object.getOwnPropertyNames(NoteRepository.prototype).filter(
  (name) => name !== 'constructor' && name !== 'within',
) as readonly Operation[];

/** A repository whose named operations are done otherwise. */
export function fault(
  fault: string,
  foundBy: RegExp,
  names: Operation | readonly Operation[],
  otherwise: Otherwise,
): Fault {
  const wrong = Object.fromEntries([names].flat().map((name) => [name, otherwise]));
  return { fault, foundBy, repository: (database) => wrapped(new NoteRepository(database), wrong) };
}
