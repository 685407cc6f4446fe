import { describe, expect, it } from '@jest/globals';
import { schedulingRanks } from '../../src/index.js';

const user = (domainFactor: string | null, projectFactor: string | null, userFactor: string | null): object => ({
  domainFactor,
  projectFactor,
  userFactor,
});
const ranks = (...users: readonly object[]): readonly number[] => schedulingRanks(users as never);

describe('schedulingRanks', () => {
  it('goes by the domain, then by the project, then by the user, the higher factor first', () => {
    expect(ranks(user('0.5', '1', '1'), user('0.6', '0.1', '0.1'))).toEqual([2, 1]);
    expect(ranks(user('0.5', '0.1', '1'), user('0.5', '0.2', '0'))).toEqual([2, 1]);
    expect(ranks(user('0.5', '0.2', '0.3'), user('0.5', '0.2', '0.4'), user('0.5', '0.2', '0.35'))).toEqual([3, 1, 2]);
  });

  it('compares numbers, not texts', () => {
    expect(ranks(user('0.5', '1', '0.09'), user('0.50', '1.0', '0.1'))).toEqual([2, 1]);
  });

  it('takes a level that has none for 1, so that who is new is not last', () => {
    expect(ranks(user('0.9', null, '0.9'), user('0.9', '0.99', '1'), user(null, null, null))).toEqual([2, 3, 1]);
  });

  it('keeps the order given where factors are equal', () => {
    expect(ranks(user('1', '1', '1'), user('1', '1', '1'), user('1', '1', '1'))).toEqual([1, 2, 3]);
    expect(ranks()).toEqual([]);
  });
});
