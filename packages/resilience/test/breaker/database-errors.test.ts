import { describe, expect, it } from '@jest/globals';
import {
  AmbiguousCommitError,
  ConnectionLost,
  DatabaseError,
  DatabaseUnavailable,
  DeadlineExceeded,
  DeadlockDetected,
  LockNotAvailable,
  PoolExhausted,
  ReadOnlyTransaction,
  SerializationFailure,
  StalePlan,
  StatementCanceled,
  UniqueViolation,
  VersionConflict,
} from '@holdfast/base';
import type { HoldfastError } from '@holdfast/errors';
import { isAnswer, isOutage } from '@holdfast/resilience';

type Args = ConstructorParameters<typeof DatabaseUnavailable>[0];

function of(sqlState: string | null, args: Partial<Args> = {}): Args {
  const cause = sqlState === null ? new Error('Of the driver.') : Object.assign(new Error('x'), { code: sqlState });
  return { cause, retryable: false, outcome: 'not-committed', ...args };
}

function named(errors: readonly HoldfastError[]): [string, HoldfastError][] {
  return errors.map((error) => {
    const { sqlState = null } = error as { readonly sqlState?: string | null };
    return [sqlState === null ? error.name : `${error.name} ${sqlState}`, error];
  });
}

const overload = { retryable: true, isOverload: true };

// The classification is by structure; these are the real ones.
describe('of the errors of a database', () => {
  it.each(
    named([
      new DatabaseUnavailable(of(null, { retryable: true })),
      new DatabaseUnavailable(of('53300', overload)),
      new DatabaseUnavailable(of('08P01', overload)),
      new DatabaseUnavailable(of('57P03', { retryable: true })),
      new ConnectionLost(of('57P01', { retryable: true })),
      new StatementCanceled(of('57014')),
      new ReadOnlyTransaction(of('25006', { retryable: true })),
      new AmbiguousCommitError(new Error('Of the driver.')),
      new DeadlineExceeded(),
      new DatabaseError(of('53100')),
      new DatabaseError(of('58030')),
    ]),
  )('a circuit breaker counts as failure: %s', (_, error) => {
    expect({ outage: isOutage(error), answer: isAnswer(error) }).toEqual({ outage: true, answer: false });
  });

  it.each(
    named([
      new SerializationFailure(of('40001', { retryable: true })),
      new DeadlockDetected(of('40P01', { retryable: true })),
      new LockNotAvailable(of('55P03', { retryable: true })),
      new StalePlan(of('0A000', { retryable: true })),
      new UniqueViolation(of('23505')),
      new VersionConflict(3),
    ]),
  )('a circuit breaker takes for an answer: %s', (_, error) => {
    expect({ outage: isOutage(error), answer: isAnswer(error) }).toEqual({ outage: false, answer: true });
  });

  it.each(
    named([
      new PoolExhausted(of(null, { isOverload: true })),
      new DeadlineExceeded({ isOverload: true }),
      new ReadOnlyTransaction(of('25006')),
      new ReadOnlyTransaction(of('0A000')),
      new DatabaseError(of('42601')),
      new DatabaseError(of('XX000')),
    ]),
  )('a circuit breaker does not count: %s', (_, error) => {
    expect({ outage: isOutage(error), answer: isAnswer(error) }).toEqual({ outage: false, answer: false });
  });
});
