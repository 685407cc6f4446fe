import { describe, expect, it } from '@jest/globals';
import type { NotificationRuleInfo } from '@holdfast/notification-repository';
import { SESSION_STATUSES, type SessionInfo } from '@holdfast/session-repository';
import { noticeKey, ruleTypeOf } from '../src/notifications/session-notice.js';

const rule = { id: 'one' } as unknown as NotificationRuleInfo;
const session = { id: 'a', status: 'RUNNING', statusChangedAt: new Date(1_800_000_000_000) } as unknown as SessionInfo;

describe('what rules are told of a session', () => {
  it('is that it has started, and that it is over, however it ended', () => {
    const told = SESSION_STATUSES.map((status) => [status, ruleTypeOf({ ...session, status })] as const);

    expect(Object.fromEntries(told.filter(([, type]) => type !== null))).toEqual({
      RUNNING: 'session.started',
      TERMINATED: 'session.terminated',
      CANCELLED: 'session.terminated',
    });
  });

  it('has one key for each rule and change, whoever makes it', () => {
    const keys = [
      noticeKey(rule, session),
      noticeKey({ ...rule, id: 'two' } as NotificationRuleInfo, session),
      noticeKey(rule, { ...session, id: 'b' } as SessionInfo),
      noticeKey(rule, { ...session, status: 'TERMINATED' }),
      noticeKey(rule, { ...session, statusChangedAt: new Date(1_800_000_000_001) }),
    ];

    expect(new Set(keys).size).toBe(5);
    expect(noticeKey({ ...rule }, { ...session })).toBe(keys[0]);
  });
});
