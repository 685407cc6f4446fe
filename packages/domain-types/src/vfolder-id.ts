import type { Branded } from './branded.js';
import { uuidText } from './uuid-text.js';

/** The id of a virtual folder, storage that sessions mount: a UUID in canonical lower case. */
export type VfolderId = Branded<string, 'VfolderId'>;

/** Checks that a text is a UUID. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function vfolderId(text: string, pointer = 'vfolderId'): VfolderId {
  return uuidText(text, 'vfolder id', pointer) as VfolderId;
}
