import { InvalidInput } from '@holdfast/errors';
import type { FieldSet, QueryCondition } from '@holdfast/querier';
import { z } from 'zod';

/** Most ids that one batch may name. */
const MOST_IDS = 1_000;

/** The members of a body that say which rows a batch is about: one of the two. */
export const batchTargetShape = {
  ids: z.array(z.string()).min(1, 'At least one id is needed').max(MOST_IDS).exactOptional(),
  filter: z.record(z.string(), z.unknown()).exactOptional(),
};

/**
 * Which rows a batch is about. Throws `InvalidInput` unless there are either ids or a filter. A filter without a condition
 * is refused by the repository: no batch is about everything by mistake.
 */
export function batchTarget<Row, Id>(
  body: { readonly ids?: readonly string[] | undefined; readonly filter?: unknown },
  fieldSet: FieldSet<Row>,
  readId: (text: string, pointer: string) => Id,
): readonly Id[] | QueryCondition<Row> {
  if (body.ids !== undefined && body.filter !== undefined) {
    throw new InvalidInput('INVALID_VALUE', 'Either ids or a filter is needed, not both.', '/filter');
  }
  if (body.ids !== undefined) return body.ids.map((id, index) => readId(id, `/ids/${index}`));
  if (body.filter === undefined) throw new InvalidInput('MISSING_VALUE', 'ids or a filter is needed.', '/ids');
  return fieldSet.parseCondition(body.filter, '/filter');
}
