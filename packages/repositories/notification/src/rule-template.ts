import { InvalidInput } from '@holdfast/errors';
import { checkMessageTemplate } from './message-template.js';
import { NOTIFICATION_RULE_TYPES, type NotificationRuleType } from './notification-rule-type.js';
import { NOTIFICATION_VARIABLES } from './notification-variables.js';

/** Checks that there is such a type of rules, and that a template is one of it. Throws `InvalidInput`. */
export function checkRuleTemplate(ruleType: NotificationRuleType, messageTemplate: string): void {
  if (!NOTIFICATION_RULE_TYPES.includes(ruleType)) {
    throw new InvalidInput('INVALID_VALUE', 'No type of a notification rule.', '/ruleType');
  }
  checkMessageTemplate(messageTemplate, NOTIFICATION_VARIABLES[ruleType], '/messageTemplate');
}
