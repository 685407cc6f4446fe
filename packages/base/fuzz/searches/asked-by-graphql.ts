import type { FieldSet } from '@holdfast/querier';
import type { Asked } from './asked.js';
import { askedCondition } from './asked-condition.js';
import { askedOrder } from './asked-order.js';
import { askedPage } from './asked-page.js';
import type { FuzzedEntity } from './fuzzed-entities.js';

type Plain = Readonly<Record<string, unknown>>;

interface GraphqlOrder {
  readonly by: string;
  readonly direction?: 'ASC' | 'DESC';
  readonly nulls?: 'FIRST' | 'LAST' | null;
}

/** What the arguments of a GraphQL field ask for. */
export function askedByGraphql(fields: FieldSet<never>, entity: FuzzedEntity, args: unknown): Asked {
  const { filter = {}, order = [], total, ...page } = args as Plain;
  const { exact = null, atMost = null } = (total ?? {}) as { exact?: boolean | null; atMost?: number | null };
  return {
    condition: askedCondition(fields, entity, filter),
    orders: (order as readonly GraphqlOrder[]).map(({ by, direction, nulls }) =>
      askedOrder(
        fields,
        by,
        direction === 'DESC' ? 'desc' : 'asc',
        nulls ? (nulls === 'FIRST' ? 'first' : 'last') : null,
      ),
    ),
    page: askedPage(page),
    total: atMost ?? (exact === true ? 'exact' : 'none'),
    measureBoth: false,
  };
}
