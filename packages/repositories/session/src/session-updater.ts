import type { Changes, UpdaterSpec } from '@holdfast/base';
import { resourceSlot, scalingGroupName } from '@holdfast/domain-types';
import { checkChanges, checkedChange } from '@holdfast/standard-repository';
import { sessionName } from './session-name.js';
import type { SessionRow } from './session-row.js';
import { SessionResult } from './session-result.js';
import type { SessionUpdate } from './session-update.js';
import { checkChoice, checkedEnviron } from './spec-values.js';

const changeable: ReadonlySet<string> = new Set<keyof SessionUpdate>([
  'name',
  'priority',
  'tag',
  'statusInfo',
  'result',
  'environ',
  'startsAt',
  'scalingGroupName',
  'requestedSlots',
]);

/**
 * The changes of a session's row. Throws `InvalidInput`: `UNKNOWN_FIELD` for what is not changed this way, also where
 * types were got around, and `INVALID_VALUE` for a name, a result, environment variables or slots that are
 * none.
 */
export function sessionUpdater(update: SessionUpdate): UpdaterSpec<SessionRow> {
  checkChanges(update, changeable);
  const checked = checkedChange(update, {
    name: sessionName,
    requestedSlots: resourceSlot,
    scalingGroupName,
    result: checkedResult,
    environ: checkedEnviron,
  });
  return { changes: checked satisfies Changes<SessionRow> };
}

function checkedResult(result: SessionResult | null, pointer: string): SessionResult | null {
  if (result !== null) checkChoice(result, Object.values(SessionResult), pointer);
  return result;
}
