import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type AgentId, agentId, domainName, resourceSlot, scalingGroupName } from '@holdfast/domain-types';
import { HoldfastError } from '@holdfast/errors';
import { unscoped } from '@holdfast/querier';
import {
  isLegalTransition,
  isTerminal,
  SESSION_STATUSES,
  type SessionStatus,
  type SessionWithKernels,
} from '@holdfast/session-repository';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import fc from 'fast-check';
import { entities, migrations } from '../src/domains.js';
import type { Repositories } from '../src/repositories.js';
import { demoRepositories, sessionOf } from './support/demo-repositories.js';

const all = unscoped('a test');
const agents = [agentId('i-a'), agentId('i-b')] as const;
const WHOLE = 100;
const cpu = (amount: number) => resourceSlot({ cpu: amount });

/** What is expected of a session and its one kernel. */
interface Model {
  session: SessionStatus;
  kernel: SessionStatus;
  agent: AgentId | null;
  requested: number;
  used: number | null;
}

type Step =
  | { readonly kind: 'move'; readonly of: number; readonly to: SessionStatus }
  | { readonly kind: 'place'; readonly of: number; readonly to: SessionStatus; readonly agent: AgentId }
  | { readonly kind: 'occupy'; readonly of: number; readonly amount: number; readonly agent: AgentId | undefined }
  | { readonly kind: 'ask'; readonly of: number; readonly amount: number };

const COUNT = 2;
const of = fc.nat({ max: COUNT - 1 });
const amount = fc.integer({ min: 1, max: 9 });
const agent = fc.constantFrom(...agents);
// What leads on is tried more often than what ends it all.
const to = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<SessionStatus>('PENDING', 'SCHEDULED', 'PREPARING') },
  { weight: 1, arbitrary: fc.constantFrom(...SESSION_STATUSES) },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('move' as const), of, to }),
  fc.record({ kind: fc.constant('place' as const), of, to, agent }),
  fc.record({ kind: fc.constant('occupy' as const), of, amount, agent: fc.option(agent, { nil: undefined }) }),
  fc.record({ kind: fc.constant('ask' as const), of, amount }),
);

/** Does a step, and tells whether it may be done. */
function expected(one: Model, given: Step): boolean {
  switch (given.kind) {
    case 'move':
      return moved(one, given.to);
    case 'place':
      return placed(one, given.to, given.agent);
    case 'occupy':
      if (isTerminal(one.kernel) || one.kernel === 'PENDING') return false;
      if (given.agent !== undefined && given.agent !== one.agent) return false;
      one.used = given.amount;
      return true;
    case 'ask':
      if (given.amount === one.requested) return true;
      if (one.session !== 'PENDING') return false;
      one.requested = given.amount;
      return true;
  }
}

function moved(one: Model, next: SessionStatus): boolean {
  if (!isLegalTransition(one.session, next)) return false;
  if (next === 'PENDING') {
    if (isTerminal(one.kernel)) return false;
    Object.assign(one, { kernel: 'PENDING', agent: null, used: null });
  }
  if (isTerminal(next) && !isTerminal(one.kernel)) one.kernel = 'CANCELLED';
  one.session = next;
  return true;
}

function placed(one: Model, next: SessionStatus, where: AgentId): boolean {
  if (!isLegalTransition(one.kernel, next) || one.session === 'PENDING') return false;
  const waits = [one.kernel, next].includes('PENDING');
  Object.assign(one, { kernel: next, agent: next === 'PENDING' ? null : where, used: waits ? null : one.used });
  return true;
}

let test: TestDatabase;
let repositories: Repositories;
beforeAll(async () => {
  test = await createTestDatabase({ entities, migrations });
  repositories = demoRepositories(test.database);
  const values = { region: 'r', availableSlots: cpu(WHOLE), addr: 'tcp://a', version: '1', architecture: 'x86_64' };
  for (const id of agents) {
    await repositories.agents.create(all, { id, scalingGroupName: scalingGroupName('default'), ...values });
  }
});
afterAll(() => test.close());

let count = 0;
async function home() {
  const name = domainName(`model-${++count}`);
  await repositories.domains.create(all, { name });
  const { id: groupId } = await repositories.groups.create(all, { name: 'vision', domainName: name });
  const user = { username: 'ada', email: 'ada@example.com', domainName: name };
  const { id: userUuid } = await repositories.users.create(all, user);
  await repositories.groups.assignUsers(all, groupId, [userUuid]);
  return { domainName: name, groupId, userUuid };
}

it('what is left of agents is what their kernels leave, whatever becomes of those', async () => {
  const owner = await home();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
      await test.dataSource.query('TRUNCATE sessions CASCADE');
      const { sessions } = repositories;
      const made: SessionWithKernels[] = [];
      for (const name of ['a', 'b'].slice(0, COUNT)) {
        const spec = sessionOf(owner, { name, domainName: owner.domainName, requestedSlots: cpu(1) });
        made.push(await sessions.createWithKernels(all, { ...spec, kernels: [{}] }));
      }
      const models = made.map((): Model => ({
        session: 'PENDING',
        kernel: 'PENDING',
        agent: null,
        requested: 1,
        used: null,
      }));
      const actual = (given: Step): Promise<unknown> => {
        const { session, kernels } = made[given.of]!;
        const { id } = kernels[0]!;
        if (given.kind === 'move') return sessions.updateStatus(all, session.id, given.to);
        if (given.kind === 'ask') return sessions.update(all, session.id, { requestedSlots: cpu(given.amount) });
        if (given.kind === 'occupy') return sessions.occupySlots(all, id, cpu(given.amount), { agentId: given.agent! });
        const place = given.to === 'PENDING' ? {} : { agentId: given.agent };
        return sessions.updateKernelStatus(all, id, given.to, place);
      };
      for (const given of steps) {
        const refusal: unknown = await actual(given).then(
          () => null,
          (error: unknown) => error,
        );
        if (refusal !== null) expect(refusal).toMatchObject({ httpStatus: 409 });
        expect([given, refusal instanceof HoldfastError]).toEqual([given, !expected(models[given.of]!, given)]);
        for (const id of agents) {
          const held = models
            .filter((one) => one.agent === id && one.kernel !== 'PENDING' && !isTerminal(one.kernel))
            .reduce((sum, { used, requested }) => sum + (used ?? requested), 0);
          const { freeSlots } = await repositories.agents.getAgentCapacity(all, id);
          expect([given, id, freeSlots]).toEqual([given, id, cpu(WHOLE - held)]);
        }
      }
    }),
    { numRuns: 15 },
  );
});
