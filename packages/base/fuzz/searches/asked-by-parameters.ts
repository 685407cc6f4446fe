import type { FieldSet } from '@holdfast/querier';
import type { Asked } from './asked.js';
import { askedCondition } from './asked-condition.js';
import { askedOrderOfText } from './asked-order.js';
import { askedPage } from './asked-page.js';
import { fuzzedDefinition } from './fuzzed-definition.js';
import type { FuzzedEntity } from './fuzzed-entities.js';

const lists = ['in', 'notIn', 'iin', 'hasAny', 'hasAll'];
const flags = ['isNull', 'isEmpty', 'exists'];

/** What a query string asks for. */
export function askedByParameters(fields: FieldSet<never>, entity: FuzzedEntity, parameters: URLSearchParams): Asked {
  if (new Set(parameters.keys()).size !== [...parameters].length) throw new Error('A parameter is there twice.');
  const and: unknown[] = [];
  const page: Record<string, unknown> = {};
  const { order = null, total = 'none', ...others } = Object.fromEntries(parameters);
  for (const [name, text] of Object.entries(others)) {
    const flat = /^filter\[(.+)\]\[(.+)\]$/.exec(name);
    if (name === 'filter') and.push(askedCondition(fields, entity, JSON.parse(text)));
    else if (flat === null) page[name] = name === 'after' || name === 'before' ? text : Number(text);
    else
      and.push(
        askedCondition(fields, entity, {
          [flat[1]!]: { [flat[2]!]: operandOf(fields, entity, flat[1]!, flat[2]!, text) },
        }),
      );
  }
  return {
    condition: { and },
    orders: order === null ? [] : order.split(',').map((one) => askedOrderOfText(fields, one)),
    page: askedPage(page),
    total: total === 'none' || total === 'exact' ? total : Number(total),
    measureBoth: false,
  };
}

function operandOf(
  fields: FieldSet<never>,
  entity: FuzzedEntity,
  field: string,
  operator: string,
  text: string,
): unknown {
  const { relation, column = field } = fuzzedDefinition(fields, field);
  if (flags.includes(operator)) return text === 'true';
  if (relation !== undefined) return JSON.parse(text);
  const { kind } = entity.columns[column]!;
  if (kind === 'json') return operator === 'hasKey' ? text : JSON.parse(text);
  const one = (value: string): unknown => {
    if (kind === 'boolean') return value === 'true';
    // Exact, where a number would not be.
    if (kind === 'integer') return BigInt(value);
    return kind === 'double' || kind === 'real' ? Number(value) : value;
  };
  if (!lists.includes(operator)) return one(text);
  return text === '' ? [] : text.split(',').map(one);
}
