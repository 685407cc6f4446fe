import { isHoldfastError } from '@holdfast/errors';

/** Deeper than anybody wraps errors; ends where they go round in circles. */
const MOST_CAUSES = 16;

/** What pg threw, within an error of ours that was made of it, or of TypeORM's. The error itself where it is neither. */
export function driverCause(error: unknown): unknown {
  let one = error;
  for (let i = 0; i < MOST_CAUSES && typeof one === 'object' && one !== null; i++) {
    const { cause, driverError } = one as { readonly cause?: unknown; readonly driverError?: unknown };
    const inner = isHoldfastError(one) ? cause : driverError;
    if (inner === undefined || inner === null) return one;
    one = inner;
  }
  return one;
}
