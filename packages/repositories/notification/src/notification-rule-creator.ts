import type { CreatorSpec } from '@holdfast/base';
import { checkMembers } from '@holdfast/standard-repository';
import { notificationDescription, notificationName } from './notification-name.js';
import type { NotificationRuleCreationSpec } from './notification-rule-creation-spec.js';
import type { NotificationRuleRow } from './notification-rule-row.js';
import { checkRuleTemplate } from './rule-template.js';

const given: ReadonlySet<string> = new Set<keyof NotificationRuleCreationSpec>([
  'id',
  'name',
  'description',
  'ruleType',
  'channelId',
  'messageTemplate',
  'enabled',
  'domainName',
  'createdBy',
]);

/** The row of a new rule. Throws `InvalidInput` for a template that is none of its type. */
export function notificationRuleCreator(spec: NotificationRuleCreationSpec): CreatorSpec<NotificationRuleRow> {
  checkMembers(spec, given);
  checkRuleTemplate(spec.ruleType, spec.messageTemplate);
  return {
    values: {
      name: notificationName(spec.name),
      description: notificationDescription(spec.description ?? null),
      ruleType: spec.ruleType,
      channelId: spec.channelId,
      messageTemplate: spec.messageTemplate,
      enabled: spec.enabled ?? true,
      createdBy: spec.createdBy ?? null,
      ...(spec.id !== undefined && { id: spec.id }),
      // What the scope gives must stay absent here; the scope fills it in.
      ...(spec.domainName !== undefined && { domainName: spec.domainName }),
    },
  };
}
