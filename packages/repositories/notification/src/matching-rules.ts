import { type ReadSpec, readSpec, withinScope } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { compileScope, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import { joinedColumns } from './joined-columns.js';
import type { MatchingRule } from './matching-rule.js';
import { NotificationChannelRow, toNotificationChannelInfo } from './notification-channel-row.js';
import { NotificationRuleRow, toNotificationRuleInfo } from './notification-rule-row.js';
import { NOTIFICATION_RULE_TYPES, type NotificationRuleType } from './notification-rule-type.js';

interface JoinedRow {
  readonly rule: NotificationRuleRow;
  readonly channel: NotificationChannelRow;
}

/** The rules of a type that are there, with their channels that are there, oldest first: one statement. */
export function matchingRules(
  scope: Scope<NotificationRuleRow>,
  ruleType: NotificationRuleType,
  enabledOnly: boolean,
): ReadSpec<readonly MatchingRule[]> {
  const spec = readSpec('listMatchingRules', (catalog) => {
    if (!NOTIFICATION_RULE_TYPES.includes(ruleType)) {
      throw new InvalidInput('INVALID_VALUE', 'No type of a notification rule.', '/ruleType');
    }
    const rules = catalog.mappingOf(NotificationRuleRow);
    const channels = catalog.mappingOf(NotificationChannelRow);
    const writer = new SqlWriter();
    const inScope = compileScope(ownRows(rules, 'r'), scope, writer);
    const ofType = `r.rule_type = ${writer.element(rules.column('ruleType').type, ruleType, '/ruleType')}`;
    const enabled = enabledOnly ? ' AND r.enabled AND c.enabled' : '';
    const columns = [
      ...joinedColumns('rule', 'r', rules.selected),
      ...joinedColumns('channel', 'c', channels.selected),
    ];
    const sql =
      `SELECT ${columns.map((column) => column.sql).join(', ')} FROM ${rules.table} r` +
      ` JOIN ${channels.table} c ON c.id = r.channel_id AND c.domain_name = r.domain_name` +
      ` WHERE ${inScope} AND ${ofType} AND r.deleted_at IS NULL AND c.deleted_at IS NULL${enabled}` +
      ` ORDER BY r.created_at, r.id`;
    return {
      statement: rules.returning(sql, { columns, extra: [], keys: [], leads: 0 }),
      values: writer.values,
      finish: ({ rows }) => Object.freeze((rows as readonly JoinedRow[]).map(toMatchingRule)),
    };
  });
  return withinScope({}, scope, spec);
}

function toMatchingRule({ rule, channel }: JoinedRow): MatchingRule {
  return Object.freeze({ rule: toNotificationRuleInfo(rule), channel: toNotificationChannelInfo(channel) });
}
