import type { World } from './world.js';

/** One call of an operation, as the tenant `mine`. */
export interface Attempt {
  readonly args: readonly unknown[];
  /** What is called, if it is not simply the operation. */
  readonly call?: () => Promise<unknown>;
  /** Why this call may come to something else where the other tenant is there. Its rows stay secret all the same. */
  readonly differs?: string;
  /** The class or code of the error, or the reason of the InvalidInput, that it must fail with. */
  readonly refusedFor?: string;
  /** Whether it must not be refused: it is about nothing but what is mine. */
  readonly succeeds?: boolean;
  /** What may not be told by it, in a world or another. */
  readonly untold?: string;
}

/** Calls an operation by its name. */
export type Call = (operation: string, args: readonly unknown[]) => Promise<unknown>;

/** All that is tried of one operation. The same attempts in the same order, whether the other tenant is there or not. */
export type Drive = (world: World) => readonly Attempt[] | Promise<readonly Attempt[]>;

export const attempt = (...args: readonly unknown[]): Attempt => ({ args });

/** One drive after the other. */
export function together(...drives: readonly Drive[]): Drive {
  return async (world) => {
    const attempts: Attempt[] = [];
    for (const drive of drives) attempts.push(...(await drive(world)));
    return attempts;
  };
}
