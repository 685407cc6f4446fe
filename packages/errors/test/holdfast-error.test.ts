import { describe, expect, it, jest } from '@jest/globals';
import type * as Errors from '../src/index.js';
import { errorCode, errorCodeOf, FOREIGN_ERROR_CODE, HoldfastError, isHoldfastError } from '../src/index.js';

const code = errorCode('session', 'read', 'not-found');

class SessionLost extends HoldfastError {
  constructor() {
    super({ code, message: 'The session is lost.' });
  }
}

/** What another copy of this package makes, such as a second version of it in one process. */
async function otherCopy(): Promise<typeof Errors> {
  let copy: typeof Errors | undefined;
  await jest.isolateModulesAsync(async () => void (copy = await import('../src/index.js')));
  return copy!;
}

describe('a HoldfastError', () => {
  it('is not retryable, not committed and of status 500 unless it says so', () => {
    expect(new HoldfastError({ code, message: 'x' })).toMatchObject({
      code,
      httpStatus: 500,
      retryable: false,
      outcome: 'not-committed',
    });
    const said = { httpStatus: 503, retryable: true, outcome: 'unknown' } as const;
    expect(new HoldfastError({ code, message: 'x', ...said })).toMatchObject(said);
  });

  it('has the name of its class, in its stack too', () => {
    const error = new SessionLost();
    expect([error.name, String(error)]).toEqual(['SessionLost', 'SessionLost: The session is lost.']);
    expect(error.stack).toMatch(/^SessionLost: The session is lost\.\n/);
  });

  it('keeps its cause, and has none where none is given', () => {
    const cause = new Error('x');
    expect(new HoldfastError({ code, message: 'x', cause }).cause).toBe(cause);
    expect('cause' in new HoldfastError({ code, message: 'x' })).toBe(false);
    expect(new HoldfastError({ code, message: 'x', cause: null }).cause).toBeNull();
  });

  it('is one for every copy of the package', async () => {
    const other = await otherCopy();
    const error = new other.EntityNotFound('session');

    expect(error).not.toBeInstanceOf(HoldfastError);
    expect(isHoldfastError(error)).toBe(true);
    expect(other.isHoldfastError(new SessionLost())).toBe(true);
    expect(errorCodeOf(error)).toBe(code);
  });

  it('is the foreign one for what cannot be looked at, and for an error that was given none', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const throwing = Object.defineProperty({}, 'name', {
      get() {
        throw new Error('no');
      },
    });
    const without = new HoldfastError({ message: 'x' } as never);

    expect([proxy, throwing, without].map(errorCodeOf)).toEqual(Array(3).fill(FOREIGN_ERROR_CODE));
    expect(isHoldfastError(proxy)).toBe(false);
  });

  it('is that of an end by a signal, or by its time, for the reasons of signals', async () => {
    const timedOut = AbortSignal.timeout(0);
    await new Promise((resolve) => timedOut.addEventListener('abort', resolve));

    expect(errorCodeOf(AbortSignal.abort().reason)).toBe('backendai_generic_canceled');
    expect(errorCodeOf(timedOut.reason)).toBe('backendai_generic_timeout');
  });

  it.each([
    null,
    undefined,
    0,
    'HoldfastError',
    {},
    [],
    () => 1,
    new Error('x'),
    { code, message: 'x', httpStatus: 500 },
  ])('is not %p, which counts as a foreign error', (value) => {
    expect(isHoldfastError(value)).toBe(false);
    expect(errorCodeOf(value)).toBe(FOREIGN_ERROR_CODE);
  });

  it('is not what JSON makes of one', () => {
    expect(isHoldfastError(JSON.parse(JSON.stringify(new SessionLost())))).toBe(false);
  });
});
