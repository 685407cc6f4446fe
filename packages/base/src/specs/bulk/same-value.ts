import { InvalidInput } from '@holdfast/errors';
import { encodeValue } from '@holdfast/querier';
import type { MappedColumn } from '../../entity/entity-mapping.js';
import type { GivenList } from './given-rows.js';

/** One value for all given rows; null where the column cannot have it. */
export function sameValue({ type }: MappedColumn, value: unknown): GivenList | null {
  try {
    return { form: 'same', text: encodeValue(type, value, '') };
  } catch (error) {
    if (error instanceof InvalidInput) return null;
    throw error;
  }
}
