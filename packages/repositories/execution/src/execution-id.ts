import { type Branded, uuidText } from '@holdfast/domain-types';

/** The id of an execution: a UUID in canonical lower case. */
export type ExecutionId = Branded<string, 'ExecutionId'>;

/** Checks that a text is a UUID. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function executionId(text: string, pointer = 'executionId'): ExecutionId {
  return uuidText(text, 'execution id', pointer) as ExecutionId;
}
