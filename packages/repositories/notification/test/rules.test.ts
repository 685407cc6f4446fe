import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OptionalState } from '@holdfast/base';
import { raced, untilWaiting } from '@holdfast/testing';
import {
  type NotificationChannelInfo,
  NotificationChannelHasRules,
  NotificationChannelIsDeleted,
} from '../src/index.js';
import { type NotificationDatabase, notificationDatabase } from './fixture/notification-database.js';
import {
  inNorth,
  inSouth,
  noChannel,
  north,
  rule,
  rulesOfNorth,
  rulesOfSouth,
  webhook,
} from './fixture/notifications.js';

let test: NotificationDatabase;
let channel: NotificationChannelInfo;
beforeAll(async () => void (test = await notificationDatabase()));
afterAll(() => test.close());
beforeEach(async () => {
  await test.empty();
  channel = await test.channels.create(inNorth, webhook());
});

describe('notification rules', () => {
  it('are created in the domain of the scope, with all that was left out', async () => {
    const made = await test.rules.create(rulesOfNorth, rule(channel, { name: 'started' }));

    expect(made).toMatchObject({
      domainName: north,
      name: 'started',
      description: null,
      ruleType: 'session.started',
      channelId: channel.id,
      enabled: true,
      createdBy: null,
      deletedAt: null,
    });
    expect(await test.rules.getRule(rulesOfNorth, made.id)).toEqual(made);
  });

  it('go to channels of their own domain: those of another are not there', async () => {
    const foreign = await test.channels.create(inSouth, webhook());
    const { id } = await test.rules.create(rulesOfNorth, rule(channel));
    const before = await test.ruleRows();
    const create = (to: object): Promise<unknown> => test.rules.create(rulesOfNorth, rule(to as typeof channel));
    const told = async (work: Promise<unknown>): Promise<unknown> => {
      const error = (await work.catch((failure: unknown) => failure)) as { toProblem(): object };
      return error.toProblem();
    };

    expect(await told(create(foreign))).toEqual(await told(create({ id: noChannel })));
    expect(await told(create(foreign))).toMatchObject({ status: 400, pointer: '/channelId' });
    await expect(test.rules.update(rulesOfNorth, id, { channelId: foreign.id })).rejects.toMatchObject({
      pointer: '/channelId',
    });
    await expect(test.rules.bulkCreate(rulesOfNorth, [rule(channel), rule(foreign)])).rejects.toMatchObject({
      pointer: '/channelId',
    });
    expect(await test.ruleRows()).toEqual(before);
  });

  it('keep their channel from being purged, deleted ones too', async () => {
    const { id } = await test.rules.create(rulesOfNorth, rule(channel));
    const purge = () => test.channels.purge(inNorth, channel.id);
    const refusal = { code: 'notification_purge_conflict', httpStatus: 409 };

    await expect(purge()).rejects.toBeInstanceOf(NotificationChannelHasRules);
    await expect(test.channels.batchPurge(inNorth, [channel.id])).rejects.toMatchObject(refusal);
    await test.rules.delete(rulesOfNorth, id);
    await test.channels.delete(inNorth, channel.id);
    await expect(purge()).rejects.toMatchObject(refusal);
    await test.rules.purge(rulesOfNorth, id);
    await purge();
    expect(await test.channelRows()).toEqual([]);
  });

  it('are either refused or keep their channel, whoever comes first', async () => {
    let kept = 0;
    for (let round = 0; round < 50; round++) {
      const { id } = await test.channels.create(inNorth, webhook());
      const create = () => test.rules.create(rulesOfNorth, rule({ id }));
      const purge = () => test.channels.purge(inNorth, id);
      const [first, second] = round % 2 === 0 ? [create, purge] : [purge, create];

      const outcomes = await Promise.allSettled([first(), second()]);

      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const isKept = (await test.channels.find(inNorth, id)) !== null;
      const rules = await test.rules.count(rulesOfNorth, { channelId: { eq: id } });
      expect(rules).toBe(isKept ? 1 : 0);
      kept += rules;
    }
    expect(kept).toBeGreaterThan(0);
  });

  it('are not given to a channel that is deleted, and stay with theirs when it is', async () => {
    const gone = await test.channels.create(inNorth, webhook());
    const foreign = await test.channels.create(inSouth, webhook());
    const { id } = await test.rules.create(rulesOfNorth, rule(channel));
    const kept = await test.rules.create(rulesOfNorth, rule(gone));
    await test.channels.delete(inNorth, gone.id);
    await test.channels.delete(inSouth, foreign.id);
    const before = await test.ruleRows();

    for (const work of [
      test.rules.create(rulesOfNorth, rule(gone)),
      test.rules.bulkCreate(rulesOfNorth, [rule(channel), rule(gone)]),
      test.rules.update(rulesOfNorth, id, { channelId: gone.id }),
      test.rules.batchUpdate(rulesOfNorth, [id], { channelId: gone.id }),
    ]) {
      const failure: unknown = await work.catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(NotificationChannelIsDeleted);
      expect(failure).toMatchObject({ code: 'notification_access_gone', httpStatus: 409 });
    }
    // Another tenant's is not there, deleted or not.
    await expect(test.rules.create(rulesOfNorth, rule(foreign))).rejects.toMatchObject({ pointer: '/channelId' });
    expect(await test.ruleRows()).toEqual(before);

    const { successes, failures } = await test.rules.bulkCreatePartial(rulesOfNorth, [rule(gone), rule(channel)]);
    expect(successes).toHaveLength(1);
    expect(failures).toMatchObject([{ index: 0, error: expect.any(NotificationChannelIsDeleted) }]);
    await test.rules.update(rulesOfNorth, kept.id, { enabled: false, channelId: gone.id });
    await test.rules.delete(rulesOfNorth, kept.id);
    expect(await test.rules.restore(rulesOfNorth, kept.id)).toMatchObject({ channelId: gone.id, enabled: false });
  });

  it('are never created once their channel is deleted, though both happen at the same time', async () => {
    let refused = 0;
    for (let round = 0; round < 50; round++) {
      const { id } = await test.channels.create(inNorth, webhook());
      const [created, deleted] = await raced(round, [
        () => test.rules.create(rulesOfNorth, rule({ id })),
        () => test.channels.delete(inNorth, id),
      ]);

      expect(deleted.status).toBe('fulfilled');
      if (created.status === 'rejected') {
        expect(created.reason).toBeInstanceOf(NotificationChannelIsDeleted);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(0);
    expect(await test.ruleRows()).toHaveLength(50 - refused);
  });

  it('wait for a deletion of their channel that is under way, and are refused when it is done', async () => {
    let creating: Promise<unknown> | undefined;
    await test.database.beginSession(async (dbSession) => {
      await test.channels.within(dbSession).delete(inNorth, channel.id);
      creating = test.rules.create(rulesOfNorth, rule(channel), { separate: true }).catch((error: unknown) => error);
      await untilWaiting(test.dataSource, creating);
    });

    expect(await creating).toBeInstanceOf(NotificationChannelIsDeleted);
  });

  it('have templates of their type, which are changed together', async () => {
    const { id } = await test.rules.create(rulesOfNorth, rule(channel));
    const before = await test.ruleRows();
    const update = (change: object): Promise<unknown> => test.rules.update(rulesOfNorth, id, change);

    await expect(update({ messageTemplate: '{{result}}' })).rejects.toMatchObject({ pointer: '/ruleType' });
    await expect(update({ ruleType: 'session.terminated' })).rejects.toMatchObject({ pointer: '/messageTemplate' });
    await expect(update({ ruleType: 'session.started', messageTemplate: '{{result}}' })).rejects.toMatchObject({
      reason: 'UNKNOWN_FIELD',
      pointer: '/messageTemplate',
    });
    await expect(update({ ruleType: 'session.paused', messageTemplate: '' })).rejects.toMatchObject({
      pointer: '/ruleType',
    });
    await expect(update({ domainName: 'south' })).rejects.toMatchObject({ pointer: '/domainName' });
    expect(await test.ruleRows()).toEqual(before);

    const change = { ruleType: 'session.terminated', messageTemplate: '{{result}}' } as const;
    expect(await test.rules.update(rulesOfNorth, id, change)).toMatchObject(change);
  });

  it.each([
    ['/name', { name: '' }],
    ['/name', { name: 'x'.repeat(257) }],
    ['/description', { description: 'x'.repeat(2_049) }],
  ])('refuse what is wrong with %s, also said as a state', async (pointer, values) => {
    const { id } = await test.rules.create(rulesOfNorth, rule(channel));
    const [[property, value]] = Object.entries(values) as [[string, string]];

    await expect(test.rules.create(rulesOfNorth, rule(channel, values))).rejects.toMatchObject({ pointer });
    for (const change of [value, OptionalState.update(value)]) {
      await expect(test.rules.update(rulesOfNorth, id, { [property]: change })).rejects.toMatchObject({ pointer });
    }
    expect(await test.rules.update(rulesOfNorth, id, { [property]: OptionalState.nop() })).toMatchObject({ id });
  });

  it('of one domain are no business of another', async () => {
    const { id } = await test.rules.create(rulesOfNorth, rule(channel));

    expect(await test.rules.find(rulesOfSouth, id)).toBeNull();
  });
});
