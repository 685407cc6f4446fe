import { describe, expect, it } from '@jest/globals';
import { isGivenUp, markGivenUp } from '../src/index.js';

describe('the mark of what is given up', () => {
  it('is on the very error that was marked, be it frozen', () => {
    const [marked, other] = [Object.freeze(new Error('a')), new Error('a')];
    markGivenUp(marked);

    expect([marked, other].map(isGivenUp)).toEqual([true, false]);
  });

  it('is on nothing that is no object', () => {
    markGivenUp('text');
    markGivenUp(null);

    expect(['text', null, undefined].map(isGivenUp)).toEqual([false, false, false]);
  });
});
