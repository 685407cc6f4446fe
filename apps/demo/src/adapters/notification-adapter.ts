import { domainName } from '@holdfast/domain-types';
import {
  type NotificationChannelCreationSpec,
  notificationChannelFields,
  type NotificationChannelId,
  notificationChannelId,
  type NotificationChannelRow,
  type NotificationChannelUpdate,
  type NotificationRuleCreationSpec,
  notificationRuleFields,
  type NotificationRuleId,
  notificationRuleId,
  type NotificationRuleRow,
  type NotificationRuleUpdate,
} from '@holdfast/notification-repository';
import type { BatchQuerier } from '@holdfast/querier';
import { checkedBody } from '../http/checked-body.js';
import { channelCreation, channelUpdate, ruleCreation, ruleUpdate } from './notification-bodies.js';

/** From what a request says to what the service takes. Each function throws `InvalidInput` for what makes no sense. */
export interface NotificationAdapter<Row, Id, Create, Change> {
  readonly id: (text: string) => Id;
  readonly search: (parameters: URLSearchParams) => BatchQuerier<Row>;
  readonly searchBody: (body: unknown) => BatchQuerier<Row>;
  readonly spec: (body: unknown) => Create;
  readonly change: (body: unknown) => Change;
}

export const channelAdapter: NotificationAdapter<
  NotificationChannelRow,
  NotificationChannelId,
  NotificationChannelCreationSpec,
  NotificationChannelUpdate
> = {
  id: (text) => notificationChannelId(text, 'id'),
  search: (parameters) => notificationChannelFields.parseSearch(parameters),
  searchBody: (body) => notificationChannelFields.parseSearchBody(body),
  spec: (body) => inDomain(checkedBody(channelCreation, body)) as NotificationChannelCreationSpec,
  change: (body) => checkedBody(channelUpdate, body),
};

export const ruleAdapter: NotificationAdapter<
  NotificationRuleRow,
  NotificationRuleId,
  NotificationRuleCreationSpec,
  NotificationRuleUpdate
> = {
  id: (text) => notificationRuleId(text, 'id'),
  search: (parameters) => notificationRuleFields.parseSearch(parameters),
  searchBody: (body) => notificationRuleFields.parseSearchBody(body),
  spec(body) {
    const spec = inDomain(checkedBody(ruleCreation, body));
    return { ...spec, channelId: notificationChannelId(spec.channelId, '/channelId') };
  },
  change(body) {
    const { channelId, ...change } = checkedBody(ruleUpdate, body);
    return channelId === undefined ? change : { ...change, channelId: notificationChannelId(channelId, '/channelId') };
  },
};

function inDomain<Body extends { readonly domainName?: string }>({ domainName: name, ...body }: Body) {
  return name === undefined ? body : { ...body, domainName: domainName(name, '/domainName') };
}
