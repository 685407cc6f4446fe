import { describe, expect, it } from '@jest/globals';
import { errorCode, FOREIGN_ERROR_CODE, parseErrorCode } from '../src/index.js';

describe('an error code', () => {
  it('is three kebab-case words', () => {
    expect(errorCode('session', 'read', 'not-found')).toBe('session_read_not-found');
    expect(errorCode('scaling-group', 'soft-delete', 'invalid-parameters')).toBe(
      'scaling-group_soft-delete_invalid-parameters',
    );
    expect(errorCode('fair-share2', 'list-query', 'x1')).toBe('fair-share2_list-query_x1');
  });

  it('is taken apart into what it was made of', () => {
    expect(parseErrorCode('scaling-group_soft-delete_bad-request')).toEqual({
      code: 'scaling-group_soft-delete_bad-request',
      domain: 'scaling-group',
      operation: 'soft-delete',
      detail: 'bad-request',
    });
  });

  it.each([
    '',
    '_',
    'a_b',
    'a_b_c_d',
    'A_b_c',
    'a__c',
    'a_b_',
    '-a_b_c',
    'a-_b_c',
    'a--b_c_d',
    '1a_b_c',
    'a b_c_d',
    'a_b_c\n',
    'é_b_c',
  ])('is not %j', (text) => expect(() => parseErrorCode(text)).toThrow(TypeError));

  it.each([
    ['a_b', 'c', 'd'],
    ['a', '', 'c'],
    ['Session', 'read', 'not-found'],
  ])('is not made of %s, %s and %s', (...words) => expect(() => errorCode(...words)).toThrow(TypeError));

  it('of every error that is not ours is one', () => {
    expect(FOREIGN_ERROR_CODE).toBe('backendai_generic_internal-error');
  });
});
