import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { scalingGroupScope, scalingGroupScopes } from '../src/index.js';

describe('scopes of agents', () => {
  it('refuse no scaling group at all: it means no agents, not all', () => {
    expect(() => scalingGroupScopes([])).toThrow(Misuse);
    expect(() => scalingGroupScope('' as never)).toThrow(Misuse);
    expect(() => scalingGroupScope(undefined as never)).toThrow(Misuse);
  });
});
