import * as runner from '@jest/globals';
import { describeOrders } from '@holdfast/testing';
import { sessionEntities } from '../src/entities.js';
import { domainScope, kernelFields, KernelOrders, sessionFields, SessionOrders } from '../src/index.js';
import { sessionMigrations } from '../src/migrations/index.js';
import { kernelSearch } from '../src/search-kernels.js';
import { sessions } from '../src/session-operations.js';
import { fillWithSessions } from './fixture/many-sessions.js';
import { alice } from './fixture/sessions.js';

const inNorth = domainScope(alice.domainName);
const tables = { entities: sessionEntities, migrations: sessionMigrations };

describeOrders(runner, 'sessions of a domain', {
  tables,
  fill: fillWithSessions,
  search: (querier) => sessions.search(inNorth, querier),
  orders: SessionOrders,
  fields: sessionFields,
});

describeOrders(runner, 'kernels of a domain', {
  tables,
  fill: fillWithSessions,
  search: (querier) => kernelSearch(inNorth, querier),
  orders: KernelOrders,
  fields: kernelFields,
});
