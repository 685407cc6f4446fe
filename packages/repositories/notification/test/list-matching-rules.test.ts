import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unscoped } from '@holdfast/querier';
import { type MatchingRule, NOTIFICATION_RULE_TYPES } from '../src/index.js';
import { type NotificationDatabase, notificationDatabase } from './fixture/notification-database.js';
import { email, inNorth, inSouth, rule, rulesOfNorth, rulesOfSouth, webhook } from './fixture/notifications.js';

let test: NotificationDatabase;
beforeAll(async () => void (test = await notificationDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

const names = (matching: readonly MatchingRule[]): string[] => matching.map(({ rule: { name } }) => name);

describe('listMatchingRules', () => {
  it('lists rules with their channels, whole, oldest first', async () => {
    const hook = await test.channels.create(inNorth, webhook({ secrets: { headers: { a: 'b' } } }));
    const mail = await test.channels.create(inNorth, email());
    const first = await test.rules.create(rulesOfNorth, rule(mail));
    const second = await test.rules.create(rulesOfNorth, rule(hook));

    const matching = await test.rules.listMatchingRules(rulesOfNorth, 'session.started');

    expect(matching).toEqual([
      { rule: first, channel: mail },
      { rule: second, channel: hook },
    ]);
    expect(Object.isFrozen(matching) && Object.isFrozen(matching[0]) && Object.isFrozen(matching[0]!.channel)).toBe(
      true,
    );
  });

  it('lists what a second way of finding them says, whatever is disabled or deleted', async () => {
    const bit = fc.boolean();
    const channel = fc.record({ enabled: bit, deleted: bit });
    const one = fc.record({
      enabled: bit,
      deleted: bit,
      type: fc.constantFrom(...NOTIFICATION_RULE_TYPES),
      channel: fc.nat({ max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(channel, { minLength: 3, maxLength: 3 }),
        fc.array(one, { maxLength: 8 }),
        async (given, wanted) => {
          await test.empty();
          const channels = await test.channels.bulkCreate(
            inNorth,
            given.map(({ enabled }) => webhook({ enabled })),
          );
          const rules = [];
          for (const { enabled, type, channel: at } of wanted) {
            const values = { enabled, ruleType: type, messageTemplate: '""' };
            rules.push(await test.rules.create(rulesOfNorth, rule(channels[at]!, values)));
          }
          for (const [i, { deleted }] of wanted.entries())
            if (deleted) await test.rules.delete(rulesOfNorth, rules[i]!.id);
          for (const [i, { deleted }] of given.entries())
            if (deleted) await test.channels.delete(inNorth, channels[i]!.id);

          for (const ruleType of NOTIFICATION_RULE_TYPES) {
            for (const enabledOnly of [true, false]) {
              const expected = rules.filter((_, i) => {
                const { enabled, deleted, type, channel: at } = wanted[i]!;
                const to = given[at]!;
                return type === ruleType && !deleted && !to.deleted && (!enabledOnly || (enabled && to.enabled));
              });
              const listed = await test.rules.listMatchingRules(rulesOfNorth, ruleType, { enabledOnly });
              expect(names(listed)).toEqual(expected.map(({ name }) => name));
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('lists nothing of another domain, and everything where no scope is meant', async () => {
    await test.rules.create(rulesOfNorth, rule(await test.channels.create(inNorth, webhook()), { name: 'n' }));
    await test.rules.create(rulesOfSouth, rule(await test.channels.create(inSouth, webhook()), { name: 's' }));
    const list = async (scope: Parameters<typeof test.rules.listMatchingRules>[0]) =>
      names(await test.rules.listMatchingRules(scope, 'session.started'));

    expect(await list(rulesOfNorth)).toEqual(['n']);
    expect(await list([rulesOfNorth, rulesOfSouth])).toEqual(['n', 's']);
    expect(await list(unscoped('a dispatcher'))).toEqual(['n', 's']);
  });

  it('sees what the dbSession that it is within has written', async () => {
    const listed = await test.database.beginSession(async (dbSession) => {
      const channel = await test.channels.within(dbSession).create(inNorth, webhook());
      await test.rules.within(dbSession).create(rulesOfNorth, rule(channel));
      return test.rules.within(dbSession).listMatchingRules(rulesOfNorth, 'session.started');
    });

    expect(listed).toHaveLength(1);
  });

  it('refuses what is no type', async () => {
    const failure = test.rules.listMatchingRules(rulesOfNorth, 'session.paused' as never);

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/ruleType' });
  });
});
