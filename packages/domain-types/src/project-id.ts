import type { Branded } from './branded.js';
import { uuidText } from './uuid-text.js';

/** The id of a project (the original's group): a UUID in canonical lower case. */
export type ProjectId = Branded<string, 'ProjectId'>;

/** Checks that a text is a UUID. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function projectId(text: string, pointer = 'projectId'): ProjectId {
  return uuidText(text, 'project id', pointer) as ProjectId;
}
