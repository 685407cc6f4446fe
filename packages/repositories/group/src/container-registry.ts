import { InvalidInput } from '@holdfast/errors';
import { escapePointer, plainObject } from '@holdfast/querier';

/** Where a group's images are: a registry, and the project in it. */
export interface ContainerRegistry {
  readonly registry: string;
  readonly project: string;
}

/** The registry that somebody gave, or null. Throws `InvalidInput`, with a pointer to the member that is none. */
export function containerRegistry(
  given: ContainerRegistry | null,
  pointer = '/containerRegistry',
): ContainerRegistry | null {
  if (given === null) return null;
  const { registry, project, ...rest } = plainObject(given, pointer);
  for (const name of Object.keys(rest)) {
    throw new InvalidInput('UNKNOWN_FIELD', 'A registry has no such member.', `${pointer}/${escapePointer(name)}`);
  }
  return { registry: text(registry, `${pointer}/registry`), project: text(project, `${pointer}/project`) };
}

function text(value: unknown, pointer: string): string {
  if (typeof value === 'string' && value !== '') return value;
  if (value === undefined)
    throw new InvalidInput('MISSING_VALUE', 'A registry and the project in it are needed.', pointer);
  throw new InvalidInput('INVALID_VALUE', 'A text is needed that is not empty.', pointer);
}
