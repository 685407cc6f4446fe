import { type CreatorSpec, NotNullViolation } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { notificationDescription, notificationName } from './notification-name.js';
import type { NotificationRuleCreationSpec } from './notification-rule-creation-spec.js';
import type { NotificationRuleRow } from './notification-rule-row.js';
import { checkRuleTemplate } from './rule-template.js';

/** The row of a new rule. Throws `InvalidInput` for a template that is none of its type. */
export function notificationRuleCreator(spec: NotificationRuleCreationSpec): CreatorSpec<NotificationRuleRow> {
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
    integrityErrorChecks: [
      {
        violation: NotNullViolation,
        error: (violation) =>
          new InvalidInput(
            'MISSING_VALUE',
            'A rule needs a channel, and a domain from its scope or spec.',
            '',
            violation,
          ),
      },
    ],
  };
}
