import { createHash } from 'node:crypto';
import type { NotificationRuleInfo, NotificationVariables } from '@holdfast/notification-repository';
import { isTerminal, type SessionInfo } from '@holdfast/session-repository';

type SessionRuleType = 'session.started' | 'session.terminated';

/** What the new status of a session is to rules; null: nothing. A session has started once it is RUNNING. */
export function ruleTypeOf({ status }: SessionInfo): SessionRuleType | null {
  if (status === 'RUNNING') return 'session.started';
  return isTerminal(status) ? 'session.terminated' : null;
}

/** What messages of a rule can say of a session. */
export function sessionVariables(
  rule: NotificationRuleInfo,
  session: SessionInfo,
): NotificationVariables<'session.terminated'> {
  return {
    ruleType: rule.ruleType,
    ruleName: rule.name,
    domainName: session.domainName,
    occurredAt: session.statusChangedAt.toISOString(),
    sessionId: session.id,
    sessionName: session.name,
    sessionType: session.type,
    clusterMode: session.clusterMode,
    status: session.status,
    projectId: session.groupId,
    userId: session.userUuid,
    scalingGroupName: session.scalingGroupName,
    statusInfo: session.statusInfo,
    result: session.result,
  };
}

/** The same for the same rule and the same change of the same session, in every process. */
export function noticeKey(rule: NotificationRuleInfo, { id, status, statusChangedAt }: SessionInfo): string {
  const notice = JSON.stringify([rule.id, id, status, statusChangedAt]);
  return createHash('sha256').update(notice).digest('base64url');
}
