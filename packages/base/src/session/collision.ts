import { isGivenUp } from '@holdfast/operation';
import { CommitNotStored, DeadlockDetected, SerializationFailure, StalePlan } from '../errors/database-error.js';
import { driverError } from '../errors/driver-error.js';

const collisions = [SerializationFailure, DeadlockDetected, StalePlan, CommitNotStored] as const;

/** Deeper than anybody wraps errors; ends where they go round in circles. */
const MOST_CAUSES = 16;

/**
 * The error of the database that says that a transaction collided with others, or was lost at its COMMIT, nothing of it is
 * stored, and it may succeed if it is made again as a whole: this one, or what it was made of. Null where there is none, or where somebody has
 * made the work again already and given up.
 */
export function collisionIn(error: unknown): Error | null {
  let one = error;
  for (let i = 0; i < MOST_CAUSES && one instanceof Error && !isGivenUp(one); i++) {
    const known = driverError(remembered.get(one) ?? one, 'open');
    if (isCollision(known)) return known;
    one = one.cause;
  }
  return null;
}

// What closures threw in a transaction that had collided already.
const remembered = new WeakMap<object, Error>();

/** An error was thrown in a transaction that had collided, whether it says so or not. */
export function rememberCollision(error: unknown, collision: Error): void {
  if (typeof error === 'object' && error !== null && error !== collision) remembered.set(error, collision);
}

function isCollision(error: unknown): error is Error {
  return (
    collisions.some((type) => error instanceof type) && (error as SerializationFailure).outcome === 'not-committed'
  );
}
