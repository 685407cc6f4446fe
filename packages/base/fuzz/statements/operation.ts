import type fc from 'fast-check';
import type { FuzzedTable } from './fuzzed-table.js';
import type { Running } from './running.js';

/** An operation of ours with what it is given at random. */
export interface Operation<Input = unknown> {
  readonly name: string;
  /** Of a hundred cases, about. */
  readonly share: number;
  /** Null where the table is none for it. */
  arbitrary(table: FuzzedTable): fc.Arbitrary<Input> | null;
  /** What was wrong, or null. May throw: that is a fault, too. */
  judge(running: Running, input: Input): Promise<string | null>;
}
