import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlanNode, ReadSpec } from '@holdfast/base';
import { batchQuerier } from '@holdfast/querier';
import {
  accessKeyScope,
  domainScope,
  projectScope,
  SessionConditions,
  SessionOrders,
  type SessionRow,
} from '../src/index.js';
import { sessions } from '../src/session-operations.js';
import { matchedByName } from '../src/session-reference.js';
import { fillWithSessions } from './fixture/many-sessions.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => {
  test = await sessionDatabase();
  await fillWithSessions(test);
  await test.dataSource.query('ANALYZE');
});
afterAll(() => test.close());

const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
const inNorth = domainScope(alice.domainName);

/** The indexes that a statement reads when its values are known, and how many rows it looks at. */
async function readBy(
  spec: ReadSpec<unknown>,
): Promise<{ readonly indexes: readonly string[]; readonly rows: number }> {
  const { Plan } = await test.database.explain(spec, { mode: 'custom', analyze: true });
  const nodes = nodesOf(Plan);
  const scans = nodes.filter((node) => node['Relation Name'] !== undefined);
  return {
    indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
    rows: scans.reduce(
      (sum, node) => sum + (node['Actual Rows']! + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']!,
      0,
    ),
  };
}

describe('the indexes', () => {
  it.each([
    ['a user', ofAlice, 'sessions_user_created_idx'],
    ['a project', projectScope(alice.groupId), 'sessions_group_created_idx'],
    ['an access key', accessKeyScope(alice.accessKey), 'sessions_access_key_created_idx'],
    ['a domain', inNorth, 'sessions_domain_created_idx'],
  ])('hand out the newest sessions of %s', async (_name, scope, index) => {
    const querier = batchQuerier<SessionRow>({
      orders: [SessionOrders.createdAt({ ascending: false })],
      pagination: { first: 20 },
    });

    expect(await readBy(sessions.search(scope, querier))).toEqual({ indexes: [index], rows: 21 });
  });

  it('find sessions by an image', async () => {
    const querier = batchQuerier<SessionRow>({
      conditions: [SessionConditions.hasImage('image 42')],
      pagination: { first: 100 },
    });

    const { indexes, rows } = await readBy(sessions.search(inNorth, querier));

    expect(indexes).toContain('sessions_images_idx');
    expect(rows).toBeLessThan(100);
  });

  it('find sessions by how their names begin', async () => {
    const querier = batchQuerier<SessionRow>({
      conditions: [matchedByName('session 1234')],
      orders: [SessionOrders.name()],
      pagination: { limit: 10, offset: 0 },
    });

    const { indexes, rows } = await readBy(sessions.search(inNorth, querier));

    expect(indexes).toEqual(['sessions_domain_name_idx']);
    expect(rows).toBeLessThan(50);
  });
});
