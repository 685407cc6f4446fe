import type { DomainName } from '@holdfast/domain-types';
import {
  channelDomainScope,
  NotificationChannelOrders,
  type NotificationChannelRow,
  NotificationRuleOrders,
  type NotificationRuleRow,
  ruleDomainScope,
} from '@holdfast/notification-repository';
import { order, searchScope, unscoped } from '@holdfast/querier';
import type { TestDatabase } from '@holdfast/testing';
import { attempt } from '../attempt.js';
import type { Kit } from '../drives/kit.js';
import { repositoryCall, withinDrive } from '../drives/repository-call.js';
import { offeredDrives, standardDrives } from '../drives/standard-drives.js';
import type { ExportedRepository } from '../exported-repositories.js';
import type { OwnedTable, Subject } from '../subject.js';
import type { Tenant } from '../tenant.js';
import { refusedToTenants } from './refused-to-tenants.js';

const seeding = unscoped('the rows of both tenants');
const domainOf = (tenant: Tenant): DomainName => tenant.key('domain') as DomainName;
const owned = (tenant: Tenant): string => `domain_name = '${domainOf(tenant)}'`;
const nameOf = (tenant: Tenant, n: number): string => (n === 2 ? `known-${tenant.name}` : `${tenant.canary}.${n}`);

/** A channel of which every text that is no secret says whose it is. */
const channel = (tenant: Tenant, n: number, values: object = {}): object => ({
  id: tenant.uuid(n),
  name: nameOf(tenant, n),
  description: tenant.canary,
  type: 'webhook',
  config: { url: `https://${tenant.canary}.example.org` },
  secrets: { headers: { Authorization: tenant.canary }, signingSecret: tenant.canary },
  domainName: domainOf(tenant),
  ...values,
});

/** A rule of which every text says whose it is. */
const rule = (tenant: Tenant, n: number, values: object = {}): object => ({
  id: tenant.uuid(n),
  name: tenant.canary,
  description: tenant.canary,
  ruleType: 'session.started',
  channelId: tenant.uuid(2),
  messageTemplate: `"${tenant.canary}"`,
  domainName: domainOf(tenant),
  ...values,
});

const common = {
  id: (tenant: Tenant, n: number) => tenant.uuid(n),
  change: (values: object) => values,
  harmless: { enabled: false },
  columns: { text: 'description', nullable: 'createdBy', number: null, list: null, json: null },
  conditions: (tenant: Tenant) => [
    { domainName: { eq: domainOf(tenant) } },
    { id: { in: [1, 2, 3].map((n) => tenant.uuid(n)) } },
    { name: { contains: tenant.canary } },
  ],
} as const;

const channelKit: Kit = {
  ...common,
  scopes: (tenant) => [
    channelDomainScope(domainOf(tenant)),
    [channelDomainScope(domainOf(tenant)), channelDomainScope(`${domainOf(tenant)}-2` as DomainName)],
    searchScope<NotificationChannelRow>({ name: 'own', equals: { domainName: domainOf(tenant), enabled: true } }),
  ],
  creation: channel,
  belonging: (tenant) => [{ domainName: domainOf(tenant) }],
  taken: (tenant) => ({ name: nameOf(tenant, 2) }),
  orders: [
    ...Object.values(NotificationChannelOrders).map((by) => [by({ ascending: false })] as never),
    [order<NotificationChannelRow>('description') as never],
  ],
};

const ruleKit: Kit = {
  ...common,
  scopes: (tenant) => [
    ruleDomainScope(domainOf(tenant)),
    [ruleDomainScope(domainOf(tenant)), ruleDomainScope(`${domainOf(tenant)}-2` as DomainName)],
    searchScope<NotificationRuleRow>({ name: 'own', equals: { domainName: domainOf(tenant), enabled: true } }),
  ],
  creation: rule,
  // A rule of mine on a channel of theirs would tell them what happens to me.
  belonging: (tenant) => [{ domainName: domainOf(tenant) }, { channelId: tenant.uuid(2) }],
  taken: () => ({}), // nothing but the id, which is everybody's
  orders: [
    ...Object.values(NotificationRuleOrders).map((by) => [by({ ascending: false })] as never),
    [order<NotificationRuleRow>('channelId') as never],
  ],
};

const channels: OwnedTable = {
  name: 'notification_channels',
  ownedBy: owned,
  closed: ['domain_name', 'channel_type'],
};
const secrets: OwnedTable = {
  name: 'notification_channel_secrets',
  ownedBy: (tenant) => `channel_id IN (SELECT id FROM notification_channels WHERE ${owned(tenant)})`,
  closed: ['channel_id', 'headers', 'signing_secret', 'smtp_password'],
};
const rules: OwnedTable = {
  name: 'notification_rules',
  ownedBy: owned,
  closed: ['domain_name', 'rule_type'],
};
const within = [
  ['get', 'loadMany'],
  ['update', 'create', 'bulkCreatePartial', 'batchUpdate', 'purge'],
] as const;

/** The repository of notification channels, whose tenants are domains. */
export function channelSubject(test: TestDatabase, { name, repository, operations }: ExportedRepository): Subject {
  const call = repositoryCall(repository);
  const standard = standardDrives(channelKit, call);
  const drives = offeredDrives(standard, operations);
  return {
    name,
    test,
    operations,
    call,
    tables: [channels, secrets],
    drives: {
      ...drives,
      getChannel: standard['get']!,
      getChannelForDispatch: standard['get']!,
      resealSecrets: refusedToTenants(channelKit.scopes),
      within: withinDrive(test, repository, drives, ...within),
    },
    async settle(tenant) {
      await call('bulkCreate', [seeding, [1, 2, 3].map((n) => channel(tenant, n))]);
      await call('delete', [seeding, tenant.uuid(3)]);
    },
  };
}

/** The repository of notification rules, on the channels of their tenants. */
export function ruleSubject(
  test: TestDatabase,
  { name, repository, operations }: ExportedRepository,
  others: readonly Subject[],
): Subject {
  const call = repositoryCall(repository);
  const standard = standardDrives(ruleKit, call);
  const drives = offeredDrives(standard, operations);
  const ofChannels = others.find(({ tables }) => tables.includes(channels))!;
  return {
    name,
    test,
    operations,
    call,
    tables: [channels, secrets, rules],
    drives: {
      ...drives,
      getRule: standard['get']!,
      listMatchingRules: ({ mine }) =>
        ruleKit
          .scopes(mine)
          .flatMap((scope) =>
            ['session.started', 'session.terminated'].flatMap((type) =>
              [true, false].map((enabledOnly) => attempt(scope, type, { enabledOnly })),
            ),
          ),
      within: withinDrive(test, repository, drives, ...within),
    },
    async settle(tenant, other) {
      await ofChannels.settle(tenant, other);
      await call('bulkCreate', [seeding, [1, 2, 3].map((n) => rule(tenant, n))]);
      await call('delete', [seeding, tenant.uuid(3)]);
    },
  };
}
