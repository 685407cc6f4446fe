import type { Json } from '../../entity/row-kinds.js';

/** A JSON Schema of the draft 2020-12, which is the dialect of OpenAPI 3.1. */
export interface JsonSchema {
  readonly [keyword: string]: Json;
}
