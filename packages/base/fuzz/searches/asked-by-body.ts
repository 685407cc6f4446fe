import type { FieldSet } from '@holdfast/querier';
import type { Asked } from './asked.js';
import { askedCondition } from './asked-condition.js';
import { askedOrderOfText } from './asked-order.js';
import { askedPage } from './asked-page.js';
import type { FuzzedEntity } from './fuzzed-entities.js';

type Plain = Readonly<Record<string, unknown>>;

/** What a JSON body asks for. */
export function askedByBody(fields: FieldSet<never>, entity: FuzzedEntity, body: unknown): Asked {
  const { filter = {}, order = [], total = 'none', ...page } = body as Plain;
  return {
    condition: askedCondition(fields, entity, filter),
    orders: (order as readonly string[]).map((text) => askedOrderOfText(fields, text)),
    page: askedPage(page),
    total: total as Asked['total'],
    measureBoth: false,
  };
}
