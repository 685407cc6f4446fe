import { z } from 'zod';
import type { TableSchema } from './read-table.js';
import { traceName, wholeNumber } from './trace-value.js';

/** A node of a trace, as its line says it. */
export type TraceNode = z.infer<typeof node>;

const node = z.object({
  sn: traceName(),
  cpu_milli: wholeNumber(10_000_000),
  memory_mib: wholeNumber(1_000_000_000),
  gpu: wholeNumber(1_024),
  model: z.string().regex(/^[\w.-]{0,64}$/, 'is not the name of a GPU model'),
});

export const nodeSchema: TableSchema<TraceNode> = {
  columns: Object.keys(node.shape),
  key: 'sn',
  line: node,
};
