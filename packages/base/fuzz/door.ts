import type fc from 'fast-check';
import type { FuzzedDatabase } from './fuzzed-database.js';
import type { Verdict } from './verdict.js';

/** A way in, with what is thrown at it. */
export interface Door<Case = unknown> {
  readonly name: string;
  /** Of a hundred cases. */
  readonly share: number;
  readonly arbitrary: fc.Arbitrary<Case>;
  judge(fuzzed: FuzzedDatabase, one: Case): Promise<Verdict>;
}
