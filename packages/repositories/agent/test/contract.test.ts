import * as runner from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { where } from '@holdfast/querier';
import { describeRepository } from '@holdfast/testing';
import { agentEntities } from '../src/entities.js';
import { AgentAlreadyExists, AgentNotFound, AgentOrders, AgentRepositories, type AgentRow } from '../src/index.js';
import { agentMigrations } from '../src/migrations/index.js';
import { agentId } from '@holdfast/domain-types';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/agents.js';

describeRepository(runner, 'AgentRepository', {
  tables: { entities: agentEntities, migrations: agentMigrations },
  repository: (database) => AgentRepositories.create({ database }).repository,
  mine: {
    scope: inBlue,
    spec: (n) => spec(blue, { id: agentId(`i-blue${n}`), gpuModel: n % 2 === 0 ? 'A100' : null }),
  },
  theirs: { scope: inRed, spec: (n) => spec(red, { id: agentId(`i-red${n}`) }) },
  idOf: ({ id }) => id,
  mark: ({ id }) => id,
  missing: nobody,
  byIds: (ids) => where<AgentRow>({ id: { in: ids } }),
  orders: [AgentOrders.gpuModel({ ascending: false }), AgentOrders.firstContact()],
  change: {
    change: { schedulable: false, availableSlots: resourceSlot({ cpu: 1 }) },
    seen: { schedulable: false, availableSlots: resourceSlot({ cpu: 1 }) },
  },
  upserting: {
    spec: (n) => spec(blue, { id: agentId(`i-blue${n}`), version: '99' }),
    seen: { version: '99', schedulable: true },
  },
  nulling: { change: { gpuModel: null }, seen: { gpuModel: null } },
  invalid: { create: spec(blue, { region: 'a\0b' }), change: { region: 'a\0b' } },
  bookkeeping: ['modifiedAt'],
  locksRows: true,
  purgesInBatches: true,
  notFound: AgentNotFound,
  alreadyExists: AgentAlreadyExists,
});
