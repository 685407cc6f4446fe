import { InvalidInput } from '@holdfast/errors';
import { encodeValue } from '@holdfast/querier';
import type { MappedColumn } from '../../entity/entity-mapping.js';

/** One value for all rows, in text form. */
export interface SameValue {
  readonly form: 'same';
  readonly text: string | null;
}

/** One value for all rows; null where the column cannot have it. */
export function sameValue({ type }: MappedColumn, value: unknown): SameValue | null {
  try {
    return { form: 'same', text: encodeValue(type, value, '') };
  } catch (error) {
    if (error instanceof InvalidInput) return null;
    throw error;
  }
}
