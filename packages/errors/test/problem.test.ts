import { describe, expect, it } from '@jest/globals';
import {
  EntityAlreadyExists,
  EntityNotFound,
  errorCode,
  HoldfastError,
  InvalidInput,
  Misuse,
  type Problem,
} from '../src/index.js';

const secret = Object.assign(new Error('duplicate key (email)=(alice@example.com)'), {
  query: 'SELECT secret FROM users',
  detail: 'Key (email)=(alice@example.com) already exists.',
});

const errors: readonly (readonly [HoldfastError, Problem])[] = [
  [
    new HoldfastError({
      code: errorCode('api', 'generic', 'gone'),
      message: 'It is gone.',
      httpStatus: 410,
      cause: secret,
    }),
    {
      type: 'about:blank',
      title: 'HoldfastError',
      status: 410,
      detail: 'It is gone.',
      code: errorCode('api', 'generic', 'gone'),
    },
  ],
  [
    new EntityNotFound('scaling-group'),
    {
      type: 'about:blank',
      title: 'EntityNotFound',
      status: 404,
      detail: 'No such scaling-group.',
      code: errorCode('scaling-group', 'read', 'not-found'),
    },
  ],
  [
    new EntityAlreadyExists('user', 'This user exists already.', secret),
    {
      type: 'about:blank',
      title: 'EntityAlreadyExists',
      status: 409,
      detail: 'This user exists already.',
      code: errorCode('user', 'create', 'already-exists'),
    },
  ],
  [
    new InvalidInput('INVALID_VALUE', 'A number is needed here.', '/filter/rank/eq', secret),
    {
      type: 'about:blank',
      title: 'InvalidInput',
      status: 400,
      detail: 'A number is needed here.',
      code: errorCode('api', 'parsing', 'invalid-parameters'),
      reason: 'INVALID_VALUE',
      pointer: '/filter/rank/eq',
    },
  ],
  [
    new Misuse('The session has ended.', secret),
    {
      type: 'about:blank',
      title: 'Misuse',
      status: 500,
      detail: 'The session has ended.',
      code: errorCode('backendai', 'generic', 'bad-request'),
    },
  ],
];

describe('a problem document', () => {
  it.each(errors.map(([error, problem]) => [error.name, error, problem] as const))(
    'of %s says what it may, and no more',
    (_name, error, problem) => {
      expect(error.toProblem()).toEqual(problem);
    },
  );

  it.each(errors.map(([error]) => [error.name, error] as const))(
    'of %s holds nothing of its cause, nor does the error as JSON',
    (_name, error) => {
      expect(JSON.stringify([error.toProblem(), error])).not.toMatch(/alice|SELECT|duplicate|stack/);
    },
  );
});
