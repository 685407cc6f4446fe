import type { Database } from '@holdfast/base';
import { DbSource } from '@holdfast/standard-repository';
import { NoteRepository } from '../notes-under-test.js';
import { type Operation, type Otherwise, wrapped } from '../wrapped.js';

/** A way to be wrong, and the cases that find it out. */
export interface Fault {
  readonly fault: string;
  readonly repository: (database: Database) => NoteRepository;
  /** All cases whose titles match must fail. */
  readonly foundBy: RegExp;
}

/** All operations, whichever class has them. */
export const operations: readonly Operation[] = operationsOf(NoteRepository.prototype);

function operationsOf(prototype: object): readonly Operation[] {
  if (prototype === DbSource.prototype) return [];
  const own = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor') as Operation[];
  return [...operationsOf(Object.getPrototypeOf(prototype) as object), ...own];
}

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
