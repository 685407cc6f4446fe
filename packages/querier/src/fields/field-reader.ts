import type { QueryCondition } from '../condition/condition.js';
import type { QueryLimits } from '../plain-data/limits.js';
import type { QueryOrder } from '../order/order.js';

/** Reads the parts of a request against an allowlist; what every form of request is parsed with. */
export interface FieldReader<Row> {
  readonly limits: QueryLimits;
  parseCondition(json: unknown, pointer: string): QueryCondition<Row>;
  parseOperator(field: string, operator: string, operand: unknown, pointer: string): Record<string, unknown>;
  parseOrder(text: string, pointer: string): QueryOrder<Row>;
}
