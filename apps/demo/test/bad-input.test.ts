import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { syntheticTenants } from '../src/tenants/synthetic-tenants.js';
import { runDemo, type RunningDemo } from './support/running-demo.js';

const admin = syntheticTenants.superadminKey;
const alice = syntheticTenants.domains[0]!.users[0]!;
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const session = { name: 'a', type: 'batch', image: 'i', requestedSlots: { cpu: 1 } };
const agent = {
  id: 'i-1',
  region: 'r',
  scalingGroupName: 'common',
  availableSlots: {},
  addr: 'a',
  version: '1',
  architecture: 'x',
};
const long = (length: number): string => 'a'.repeat(length);
const many = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, n) => [`n${n}`, '1']));
const query = (name: string, value: string) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
const filter = (condition: unknown) => query('filter', JSON.stringify(condition));
const deep = (levels: number): object => (levels === 0 ? { status: { eq: 'PENDING' } } : { not: deep(levels - 1) });

/** The pointer may be an asymmetric matcher of Jest. */
type Case = readonly [method: string, path: string, body: unknown, reason: string, pointer: unknown];

const searches: readonly Case[] = [
  ['UNKNOWN_PARAMETER', 'fitler[status][eq]', 'PENDING'],
  ['UNKNOWN_PARAMETER', 'filter[status]', 'PENDING'],
  ['UNKNOWN_PARAMETER', 'filter[status][eq][x]', 'PENDING'],
  ['UNKNOWN_FIELD', 'filter[nothing][eq]', '1'],
  ['UNKNOWN_FIELD', 'filter[requestedSlots][eq]', '1'],
  ['UNKNOWN_FIELD', 'filter[__proto__][eq]', '1'],
  ['UNKNOWN_OPERATOR', 'filter[status][like]', 'P%'],
  ['UNKNOWN_OPERATOR', 'filter[status][constructor]', 'P%'],
  ['INVALID_VALUE', 'filter[status][eq]', 'Running'],
  ['INVALID_VALUE', 'filter[gpuCount][gte]', 'many'],
  ['INVALID_VALUE', 'filter[createdAt][gte]', 'yesterday'],
  ['INVALID_VALUE', 'filter[createdAt][gte]', '2026-02-31'],
  ['INVALID_VALUE', 'filter[id][eq]', '17'],
  ['INVALID_VALUE', 'filter[name][eq]', 'nul\0'],
  ['INVALID_ORDER', 'order', 'nothing'],
  ['INVALID_ORDER', 'order', 'createdAt;drop table sessions'],
  ['INVALID_ORDER', 'order', ''],
  ['INVALID_JSON', 'filter', '{"status":'],
  ['INVALID_CURSOR', 'after', 'rubbish', '&first=2'],
  ['INVALID_CURSOR', 'after', '', '&first=2'],
  ['INVALID_CURSOR', 'before', 'a'.repeat(5000), '&last=2'],
].map(([reason, name, value, more = '']): Case => [
  'GET',
  `/sessions?${query(name!, value!)}${more}`,
  undefined,
  reason!,
  ['after', 'before'].includes(name!) ? expect.stringContaining(name!) : name,
]);

const sizes: readonly Case[] = [
  ['first=ten', 'first'],
  ['first=-1', 'first'],
  ['first=101', 'first'],
  ['first=1.5', 'first'],
  ['last=0', 'last'],
  ['limit=0', 'limit'],
  ['limit=5&offset=-1', 'offset'],
  ['offset=5', 'offset'],
  ['after=x', 'after'],
  ['first=5&last=5', 'last'],
  ['first=5&offset=5', 'offset'],
  ['first=5&before=x', 'before'],
  ['total=some', 'total'],
].map(([text, name]): Case => [
  'GET',
  `/sessions?${text!}`,
  undefined,
  'INVALID_PAGINATION',
  expect.stringContaining(name!),
]);

const others: readonly Case[] = [
  ['GET', '/sessions?first=1&first=2', undefined, 'DUPLICATE_PARAMETER', 'first'],
  [
    'GET',
    `/sessions?${filter({ or: [{ status: { eq: 'X' } }] })}`,
    undefined,
    'INVALID_VALUE',
    'filter/or/0/status/eq',
  ],
  ['GET', `/sessions?${filter(deep(20))}`, undefined, 'LIMIT_EXCEEDED', expect.stringContaining('not/not')],
  ['GET', '/agents?filter[addr][eq]=x', undefined, 'UNKNOWN_FIELD', 'filter[addr][eq]'],
  ['GET', '/sessions/17', undefined, 'INVALID_ID', 'id'],
  ['GET', '/sessions?filter[name][eq]=%FF', undefined, 'INVALID_VALUE', 'filter[name][eq]'],
  ['POST', `/sessions/${ID}/restore`, {}, 'INVALID_VALUE', ''],
  ['DELETE', `/sessions/${ID}`, {}, 'INVALID_VALUE', ''],
  ['GET', `/sessions/${ID}?fields=all`, undefined, 'UNKNOWN_PARAMETER', 'fields'],
  ['GET', '/sessions/by-access-key/a-b', undefined, 'INVALID_ID', 'accessKey'],
  ['GET', '/sessions/by-access-key/AKIA?limit=0', undefined, 'INVALID_PAGINATION', 'limit'],
  ['GET', '/sessions/by-access-key/AKIA?first=1', undefined, 'UNKNOWN_PARAMETER', 'first'],
  ['GET', '/agents/-x', undefined, 'INVALID_ID', 'id'],
  ['GET', '/schedule/-x', undefined, 'INVALID_ID', 'scalingGroup'],
  ['GET', '/schedule/common?x=1', undefined, 'UNKNOWN_PARAMETER', 'x'],
  ['POST', '/sessions/search', '{"filter"', 'INVALID_JSON', ''],
  ['POST', '/sessions/search', undefined, 'INVALID_JSON', ''],
  ['POST', '/sessions/search', { fitler: {} }, 'UNKNOWN_PARAMETER', '/fitler'],
  ['POST', '/sessions/search', { filter: { status: { eq: 1 } } }, 'INVALID_VALUE', '/filter/status/eq'],
  ['POST', '/sessions/search', { filter: { status: 'PENDING' } }, 'INVALID_VALUE', '/filter/status'],
  ['POST', '/sessions/search', { filter: { 'a/b': { eq: 1 } } }, 'UNKNOWN_FIELD', '/filter/a~1b'],
  ['POST', '/sessions/search', { order: 'name' }, 'INVALID_ORDER', '/order'],
  ['POST', '/sessions/search', { order: ['name', 'x'] }, 'INVALID_ORDER', '/order/1'],
  ['POST', '/sessions/search', { first: '5' }, 'INVALID_PAGINATION', '/first'],
  ['POST', '/sessions/search', { first: 5, after: 7 }, 'INVALID_CURSOR', expect.stringContaining('after')],
  ['POST', '/sessions', { ...session, name: '' }, 'INVALID_VALUE', '/name'],
  ['POST', '/sessions', { ...session, name: 'a b' }, 'INVALID_VALUE', '/name'],
  ['POST', '/sessions', { ...session, type: 'x' }, 'INVALID_VALUE', '/type'],
  ['POST', '/sessions', { ...session, image: undefined }, 'MISSING_VALUE', '/image'],
  ['POST', '/sessions', { ...session, image: 'a\0' }, 'INVALID_VALUE', '/image'],
  ['POST', '/sessions', { ...session, requestedSlots: { cpu: -1 } }, 'INVALID_VALUE', '/requestedSlots/cpu'],
  ['POST', '/sessions', { ...session, requestedSlots: { cpu: true } }, 'INVALID_VALUE', '/requestedSlots/cpu'],
  ['POST', '/sessions', { ...session, requestedSlots: { CPU: 1 } }, 'UNKNOWN_FIELD', '/requestedSlots/CPU'],
  ['POST', '/sessions', { ...session, requestedSlots: many(65) }, 'LIMIT_EXCEEDED', '/requestedSlots'],
  [
    'POST',
    '/sessions',
    { ...session, requestedSlots: { [long(65)]: 1 } },
    'INVALID_VALUE',
    `/requestedSlots/${long(65)}`,
  ],
  [
    'POST',
    '/sessions',
    { ...session, requestedSlots: { 'cuda.shares': 1_000_001 } },
    'LIMIT_EXCEEDED',
    '/requestedSlots/cuda.shares',
  ],
  [
    'POST',
    '/sessions',
    { ...session, requestedSlots: { 'cuda.device': '9'.repeat(40) } },
    'LIMIT_EXCEEDED',
    '/requestedSlots/cuda.device',
  ],
  ['POST', '/sessions', { ...session, environ: many(257) }, 'LIMIT_EXCEEDED', '/environ'],
  ['POST', '/sessions', { ...session, environ: { [long(257)]: 'x' } }, 'INVALID_VALUE', `/environ/${long(257)}`],
  ['POST', '/sessions', { ...session, environ: { A: long(8_193) } }, 'INVALID_VALUE', '/environ/A'],
  ['POST', '/sessions', { ...session, environ: { A: '\ud800' } }, 'INVALID_VALUE', '/environ/A'],
  ['POST', '/sessions', { ...session, startsAt: 'soon' }, 'INVALID_VALUE', '/startsAt'],
  ['POST', '/sessions', { ...session, priority: 1e10 }, 'INVALID_VALUE', '/priority'],
  ['POST', '/sessions', { ...session, id: ID }, 'UNKNOWN_FIELD', '/id'],
  ['POST', '/sessions', { ...session, status: 'RUNNING' }, 'UNKNOWN_FIELD', '/status'],
  ['POST', '/sessions', { ...session, ownerId: ID }, 'INVALID_VALUE', '/ownerId'],
  ['POST', '/sessions', { ...session, ownerId: 'alice' }, 'INVALID_ID', '/ownerId'],
  ['POST', '/sessions', { ...session, scalingGroupName: 'production-gpu' }, 'INVALID_VALUE', '/scalingGroupName'],
  ['POST', '/sessions/bulk', { sessions: [] }, 'INVALID_VALUE', '/sessions'],
  ['POST', '/sessions/bulk', { sessions: [session, { ...session, name: '.' }] }, 'INVALID_VALUE', '/sessions/1/name'],
  ['POST', '/sessions/bulk', { sessions: Array(1_001).fill(session) }, 'LIMIT_EXCEEDED', '/sessions'],
  ['PATCH', `/sessions/${ID}`, { status: 'RUNNING' }, 'UNKNOWN_FIELD', '/status'],
  ['PATCH', `/sessions/${ID}`, { name: null }, 'INVALID_VALUE', '/name'],
  ['PATCH', `/sessions/${ID}`, { name: '-' }, 'INVALID_VALUE', '/name'],
  ['PATCH', '/sessions/x', {}, 'INVALID_ID', 'id'],
  ['POST', `/sessions/${ID}/status`, { status: 'DONE' }, 'INVALID_VALUE', '/status'],
  ['POST', `/sessions/${ID}/status`, {}, 'MISSING_VALUE', '/status'],
  ['POST', `/sessions/${ID}/purge?force=1`, undefined, 'UNKNOWN_PARAMETER', 'force'],
  ['POST', '/sessions/batch-delete', {}, 'MISSING_VALUE', '/ids'],
  ['POST', '/sessions/batch-delete', { ids: [] }, 'INVALID_VALUE', '/ids'],
  ['POST', '/sessions/batch-delete', { ids: [ID, 'x'] }, 'INVALID_ID', '/ids/1'],
  ['POST', '/sessions/batch-delete', { ids: Array(1_001).fill(ID) }, 'LIMIT_EXCEEDED', '/ids'],
  ['POST', '/sessions/batch-delete', { ids: [ID], filter: { priority: { eq: 1 } } }, 'INVALID_VALUE', '/filter'],
  ['POST', '/sessions/batch-purge', { filter: {} }, 'MISSING_VALUE', '/filter'],
  ['POST', '/sessions/batch-purge', { filter: { and: [{}] } }, 'MISSING_VALUE', '/filter'],
  ['POST', '/sessions/batch-purge', { filter: { x: { eq: 1 } } }, 'UNKNOWN_FIELD', '/filter/x'],
  ['POST', '/sessions/batch-update', { ids: [ID] }, 'MISSING_VALUE', '/change'],
  ['POST', '/sessions/batch-update', { ids: [ID], change: {} }, 'INVALID_VALUE', '/change'],
  ['POST', '/sessions/batch-update', { ids: [ID], change: { name: 'x' } }, 'UNKNOWN_FIELD', '/change/name'],
];

const hook = { name: 'a', type: 'webhook', config: { url: 'https://example.org' } };
const rule = { name: 'a', ruleType: 'session.started', channelId: ID, messageTemplate: '' };

const notifications: readonly Case[] = [
  ['POST', '/notification-channels', { ...hook, type: 'fax' }, 'INVALID_VALUE', '/type'],
  ['POST', '/notification-channels', { ...hook, name: '' }, 'INVALID_VALUE', '/name'],
  ['POST', '/notification-channels', { ...hook, name: 'a\0' }, 'INVALID_VALUE', '/name'],
  ['POST', '/notification-channels', { ...hook, config: { url: 'x' } }, 'INVALID_VALUE', '/config/url'],
  ['POST', '/notification-channels', { ...hook, config: { ...hook.config, urls: 1 } }, 'UNKNOWN_FIELD', '/config/urls'],
  ['POST', '/notification-channels', { ...hook, secrets: { headers: { a: 1 } } }, 'INVALID_VALUE', '/secrets/headers'],
  ['POST', '/notification-channels', { ...hook, secrets: { token: 'x' } }, 'UNKNOWN_FIELD', '/secrets'],
  ['POST', '/notification-channels', { ...hook, domainName: '-' }, 'INVALID_ID', '/domainName'],
  ['PATCH', `/notification-channels/${ID}`, { type: 'email' }, 'UNKNOWN_FIELD', '/type'],
  ['PATCH', `/notification-channels/${ID}`, { config: {} }, 'INVALID_VALUE', '/config/url'],
  ['GET', '/notification-channels?filter[config][eq]=x', undefined, 'UNKNOWN_FIELD', 'filter[config][eq]'],
  ['POST', '/notification-rules', { ...rule, channelId: 'x' }, 'INVALID_ID', '/channelId'],
  ['POST', '/notification-rules', { ...rule, messageTemplate: '{{x}}' }, 'UNKNOWN_FIELD', '/messageTemplate'],
  ['POST', '/notification-rules', { ...rule, messageTemplate: '{{' }, 'INVALID_VALUE', '/messageTemplate'],
  ['PATCH', `/notification-rules/${ID}`, { messageTemplate: '' }, 'MISSING_VALUE', '/ruleType'],
];

const agents: readonly Case[] = [
  ['POST', '/agents', { ...agent, id: 'a b' }, 'INVALID_ID', '/id'],
  ['POST', '/agents', { ...agent, scalingGroupName: '' }, 'INVALID_ID', '/scalingGroupName'],
  ['POST', '/agents', { ...agent, availableSlots: { cpu: 'x' } }, 'INVALID_VALUE', '/availableSlots/cpu'],
  ['POST', '/agents/bulk', { agents: [agent, { ...agent, region: 7 }] }, 'INVALID_VALUE', '/agents/1/region'],
  ['PATCH', '/agents/i-1', { id: 'i-2' }, 'UNKNOWN_FIELD', '/id'],
  ['POST', '/agents/i-1/status', { status: 'GONE' }, 'INVALID_VALUE', '/status'],
  ['POST', '/agents/batch-update', { filter: {}, change: { region: 'x' } }, 'MISSING_VALUE', '/filter'],
];

describe('bad input', () => {
  let demo: RunningDemo;

  // With its database stopped, whatever got as far as SQL would be answered with 503.
  beforeAll(async () => {
    const postgres = await startEmbeddedPostgres({ durability: 'fast' });
    demo = await runDemo({ databaseUrl: postgres.url });
    await postgres.stop();
  });
  afterAll(() => demo.stop());

  async function expectRefusal(key: string, [method, path, body, reason, pointer]: Case): Promise<void> {
    const { status, headers, body: problem } = await demo.call(key, path, body, method);
    expect([status, problem['reason'], problem['pointer']]).toEqual([400, reason, pointer]);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(problem).toMatchObject({ status: 400, code: 'api_parsing_invalid-parameters' });
    expect(problem['detail']).toMatch(/^[^\n]+\.$/);
  }

  it.each([...searches, ...sizes, ...others])('of %s %s %j is refused with %s at %s', (...one) =>
    expectRefusal(one[1].startsWith('/schedule') ? admin : alice.accessKey, one),
  );

  it.each([...agents, ...notifications])('of the superadmin by %s %s %j is refused with %s at %s', (...one) =>
    expectRefusal(admin, one),
  );

  it.each([
    [{ ...session, priority: 1e9 }, 'A whole number from -1000 to 1000 is needed.'],
    [{ ...session, priority: 1e300 }, 'A whole number from -1000 to 1000 is needed.'],
    [{ ...session, clusterSize: 0 }, 'A whole number from 1 to 1000 is needed.'],
    [{ ...session, type: 'x' }, 'The value must be one of: interactive, batch, inference, system.'],
    [{ ...session, image: 7 }, 'A text is needed.'],
    [{ ...session, additionalImages: 'i' }, 'A list is needed.'],
    [{ ...session, additionalImages: Array(17).fill('i') }, 'A list of at most 16 entries is needed.'],
    [{ ...session, requestedSlots: [] }, 'An object is needed.'],
    [{ ...session, environ: many(257) }, 'At most 256 entries are taken.'],
    [[], 'An object is needed.'],
  ])('of %j is explained by: %s', async (body, detail) => {
    expect((await demo.call(alice.accessKey, '/sessions', body)).body['detail']).toBe(detail);
  });

  it('is an owner left out by somebody who owns nothing', () =>
    expectRefusal(admin, ['POST', '/sessions', session, 'MISSING_VALUE', '/ownerId']));

  it('is not what good input is: that finds the database down', async () => {
    expect((await demo.call(alice.accessKey, '/sessions', session)).status).toBe(503);
    expect((await demo.call(alice.accessKey, '/sessions?first=1')).status).toBe(503);
  });
});
