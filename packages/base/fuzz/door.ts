import type fc from 'fast-check';
import type { Verdict } from './verdict.js';

/** A way in to a world, with what is thrown at it. */
export interface Door<World, Case = unknown> {
  readonly name: string;
  readonly arbitrary: fc.Arbitrary<Case>;
  judge(world: World, one: Case): Promise<Verdict>;
}
