import { EntityNotFound } from '@holdfast/errors';
import type { NotificationRuleId } from './notification-rule-id.js';

/** No such rule in the scope that was given. Status 404, code `notification_read_not-found`. */
export class NotificationRuleNotFound extends EntityNotFound {
  readonly ruleId: NotificationRuleId;

  constructor(ruleId: NotificationRuleId) {
    super('notification', `No notification rule ${ruleId}.`);
    this.ruleId = ruleId;
  }
}
