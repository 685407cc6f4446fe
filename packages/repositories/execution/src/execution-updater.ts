import type { Changes, UpdaterSpec } from '@holdfast/base';
import { checkChanges, checkedChange } from '@holdfast/standard-repository';
import { metadataOf } from './execution-metadata.js';
import type { ExecutionRow } from './execution-row.js';
import { tagsOf } from './execution-tags.js';
import type { ExecutionUpdate } from './execution-update.js';

const changeable: ReadonlySet<string> = new Set<keyof ExecutionUpdate>(['name', 'description', 'metadata', 'tags']);

/**
 * The changes of a row. Throws `InvalidInput` (`UNKNOWN_FIELD`) for what is not changed this way, also where types were
 * got around.
 */
export function executionUpdater(update: ExecutionUpdate): UpdaterSpec<ExecutionRow> {
  checkChanges(update, changeable);
  return { changes: checkedChange(update, { metadata: metadataOf, tags: tagsOf }) satisfies Changes<ExecutionRow> };
}
