import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { accessKeyScope, domainScope, projectScope, type SessionRepository, userScope } from '../src/index.js';
import { alice } from './fixture/sessions.js';

describe('scopes of sessions', () => {
  it('are conditions on the column that says whose a session is, and its stamp', () => {
    const scope = userScope(alice.userUuid);

    expect(scope.toConditions()).toEqual([{ userUuid: { eq: alice.userUuid } }]);
    expect(scope.stamp).toEqual({ userUuid: alice.userUuid });
    expect(projectScope(alice.groupId).stamp).toEqual({ groupId: alice.groupId });
  });

  it.each([domainScope, projectScope, userScope, accessKeyScope])('refuse a tenant that is not there: %p', (scope) => {
    for (const nothing of [undefined, null, '']) expect(() => scope(nothing as never)).toThrow(Misuse);
  });

  it('are not left out, not confused and not made by hand: that does not compile', () => {
    const wrong = (sessions: SessionRepository): unknown[] => [
      // @ts-expect-error -- a scope is needed
      sessions.get(alice.userUuid),
      // @ts-expect-error -- the id of a project is not that of a user
      userScope(alice.groupId),
      // @ts-expect-error -- only searchScope makes scopes
      sessions.find({ name: 'user', stamp: {} }, alice.userUuid as never),
    ];

    expect(wrong).toBeInstanceOf(Function);
  });
});
