import { randomBytes } from 'node:crypto';
import { Database, guardedPool } from '@holdfast/base';
import { domainName } from '@holdfast/domain-types';
import {
  channelDomainScope,
  isWebhookConfig,
  NotificationRepositories,
  NotificationRuleType,
  renderMessage,
  ruleDomainScope,
} from '@holdfast/notification-repository';
import { notificationEntities } from '@holdfast/notification-repository/entities';
import { notificationMigrations } from '@holdfast/notification-repository/migrations';
import { SecretKeys } from '@holdfast/secrets';
import { DataSource } from 'typeorm';

const url = process.env['DATABASE_URL'] ?? 'postgres://localhost/holdfast';
const dataSource = new DataSource({ type: 'postgres', url, entities: [...notificationEntities], ...guardedPool() });
const database = new Database(await dataSource.initialize());
await database.migrate(notificationMigrations);
// From where an application keeps its secrets; the newest key comes first.
const secrets = new SecretKeys([{ id: '2026-11', key: randomBytes(32).toString('base64') }]);
const { channelRepository, ruleRepository } = NotificationRepositories.create({ database, secrets });

const research = domainName('research');
const channel = await channelRepository.create(channelDomainScope(research), {
  name: 'chat',
  type: 'webhook',
  config: { url: 'https://chat.example.org/hooks/gpu' },
  secrets: { headers: { Authorization: 'Bearer 0123456789' }, signingSecret: 'what messages are signed with' },
});
console.log(channel.secrets);
await ruleRepository.create(ruleDomainScope(research), {
  name: 'sessions that are over',
  ruleType: NotificationRuleType.SESSION_TERMINATED,
  channelId: channel.id,
  messageTemplate: '{ "text": "{{sessionName}} is over{{#result}}: {{result}}{{/result}}" }',
});

// What a dispatcher does when a session is over.
const ruleType = NotificationRuleType.SESSION_TERMINATED;
for (const { rule, channel } of await ruleRepository.listMatchingRules(ruleDomainScope(research), ruleType)) {
  if (!isWebhookConfig(channel.config)) continue;
  const dispatch = await channelRepository.getChannelForDispatch(channelDomainScope(research), channel.id);
  const message = renderMessage({
    template: rule.messageTemplate,
    ruleType,
    contentType: channel.config.contentType,
    variables: {
      ruleType,
      ruleName: rule.name,
      domainName: research,
      occurredAt: new Date().toISOString(),
      sessionId: '01890a5d-ac96-774b-bcce-b302099a8057',
      sessionName: 'train "large"',
      sessionType: 'batch',
      clusterMode: 'single-node',
      status: 'TERMINATED',
      statusInfo: null,
      result: 'success',
      projectId: null,
      userId: null,
      scalingGroupName: 'default',
    },
  });
  console.log(channel.config.method, channel.config.url, Object.keys(dispatch.secrets.headers), message);
}

await database.close();
await dataSource.destroy();
