import { channel } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FOREIGN_ERROR_CODE, HoldfastError, InvalidInput } from '@holdfast/errors';
import { ambientCall } from '@holdfast/operation';
import { openSubjects, type Subjects, subjectNames } from './subjects.js';
import { Tenant } from './tenant.js';
import { CollectedMetrics } from './watch/collected-metrics.js';
import { fingerprint } from './watch/fingerprint.js';
import { textsOf } from './watch/texts-of.js';
import { traced } from './watch/traced.js';
import { WaysOut } from './watch/ways-out.js';

const secret = 'canaryb0123';
const inBase64 = (text: string): string =>
  Buffer.from(`${'m'.repeat(16)}${JSON.stringify([text])}`).toString('base64url');

describe('what came of a call', () => {
  it.each<[string, unknown]>([
    ['a result', { items: [{ name: secret }] }],
    ['a key of a result', new Map([[secret, 1]])],
    ['the name of a property', { [secret]: null }],
    ['a cursor', { endCursor: inBase64(secret) }],
    [
      'a getter',
      {
        get late() {
          return secret;
        },
      },
    ],
    ['the message of an error', new Error(`No ${secret}.`)],
    ['a cause of an error', new Error('No.', { cause: new Error('No.', { cause: new Error(secret) }) })],
    [
      'a field of a cause',
      new Error('No.', { cause: Object.assign(new Error('No.'), { detail: `Key (name)=(${secret})` }) }),
    ],
    ['a problem document', new InvalidInput('INVALID_VALUE', secret, '')],
    ['a pointer', new InvalidInput('INVALID_VALUE', 'No.', `/${secret}`)],
  ])('is seen in %s', (_, value) => {
    expect(textsOf(value).some((text) => text.includes(secret))).toBe(true);
    expect(textsOf({ items: [] }).some((text) => text.includes(secret))).toBe(false);
  });
});

describe('what comes out besides', () => {
  let out: WaysOut;
  beforeEach(() => void (out = new WaysOut()));
  afterEach(() => out.stop());

  const at = { domain: 'repository', layer: 'a_repository' };
  const publish = (event: object): void => channel('holdfast:operation').publish({ at, source: null, ...event });

  it.each<[string, () => void]>([
    ['on standard output', () => void process.stdout.write(`${secret}\n`)],
    ['in a warning', () => process.emitWarning(secret)],
    ['in the operation of an event', () => publish({ kind: 'started', operation: secret })],
    [
      'in the error of an event',
      () => publish({ kind: 'ended', operation: 'get', durationMs: 1, error: new Error(secret) }),
    ],
  ])('is heard %s', async (_, act) => {
    expect(await out.find(secret)).toBeNull();
    act();
    expect(await out.find(secret)).toContain(secret);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['in the name of a span', () => traced(secret, async () => null)],
    [
      'in an event of a span',
      () => traced('get', async () => ambientCall()!.hear({ kind: 'rejected', policy: secret, error: null })),
    ],
    [
      'in the status of a span',
      () => traced('get', () => Promise.reject(new HoldfastError({ code: FOREIGN_ERROR_CODE, message: secret }))),
    ],
  ])('is heard %s', async (_, act) => {
    expect(await out.find(secret)).toBeNull();
    await act().catch(() => undefined);
    expect(await out.find(secret)).toContain(secret);
  });

  it('is seen on the page of metrics for as long as it stands there', async () => {
    publish({ kind: 'started', operation: secret });
    await out.find(secret);
    expect(await out.find(secret)).toContain(`operation="${secret}"`);
  });

  it('is seen in what OpenTelemetry has collected', async () => {
    const collected = new CollectedMetrics();
    publish({ kind: 'ended', operation: secret, durationMs: 1, error: null });
    expect(await collected.text()).toContain(secret);
    collected.stop();
  });

  it('is listened to wherever telemetry can leave: another exporter of metrics must be added here', () => {
    const manifest = path.resolve(__dirname, '../../../../packages/metrics/package.json');
    const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports: object };
    // Those of `observability` are files for Prometheus and Grafana: nothing leaves by them.
    expect(Object.keys(exports).sort()).toEqual([
      './observability',
      './observability/*',
      './opentelemetry',
      './package.json',
      './prometheus',
    ]);
  });
});

describe('the rows of a tenant', () => {
  let all: Subjects;
  beforeAll(async () => void (all = await openSubjects()));
  afterAll(() => all.close());

  const bySubject = it.each(subjectNames);

  bySubject('are seen by itself, with its canary, by %s', async (name) => {
    const subject = all.subjects.get(name)!;
    const [theirs, mine] = [new Tenant('theirs'), new Tenant('mine')];
    await subject.settle(theirs, mine);
    const seen: string[] = [];
    for (const operation of subject.operations) {
      if (/^(create|bulk|update|delete|restore|purge|batch|within)/.test(operation)) continue; // only looks
      const attempts = await subject.drives[operation]!({ mine: theirs, theirs: mine, isShared: false });
      for (const { args } of attempts.slice(-200)) {
        const texts = textsOf(await subject.call(operation, args).catch(() => null));
        if (!texts.some((text) => text.includes(theirs.canary))) continue;
        seen.push(operation);
        break;
      }
    }
    expect(seen.length).toBeGreaterThan(0);
  });

  bySubject('have another fingerprint once one of them has changed, or is gone, in each table of %s', async (name) => {
    const subject = all.subjects.get(name)!;
    const [theirs, mine] = [new Tenant('theirs'), new Tenant('mine')];
    await subject.settle(theirs, mine);
    for (const { name: table, ownedBy } of [...subject.tables].reverse()) {
      const before = await fingerprint(subject, theirs);
      const [, gone] = await subject.test.dataSource.transaction(async (manager) => {
        // No trigger refuses it, and nothing else goes with it.
        await manager.query(`SET LOCAL session_replication_role = 'replica'`);
        return manager.query<[unknown, number]>(
          `DELETE FROM ${table} WHERE ctid = (SELECT ctid FROM ${table} WHERE ${ownedBy(theirs)} LIMIT 1)`,
        );
      });
      expect([table, gone]).toEqual([table, 1]);
      expect(await fingerprint(subject, theirs)).not.toBe(before);
    }
  });

  bySubject('hold its canary in every text that is not of a closed list, in each table of %s', async (name) => {
    const subject = all.subjects.get(name)!;
    const [theirs, mine] = [new Tenant('theirs'), new Tenant('mine')];
    await subject.settle(theirs, mine);
    for (const { name: table, ownedBy, closed } of subject.tables) {
      const columns = await subject.test.dataSource.query<{ name: string }[]>(
        `SELECT column_name AS name FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name = $1 AND udt_name IN ('text', '_text', 'varchar', '_varchar', 'json', 'jsonb')`,
        [table],
      );
      const open = columns.map(({ name }) => name).filter((name) => !closed.includes(name));
      for (const column of open) {
        const [row] = await subject.test.dataSource.query<{ n: number }[]>(
          `SELECT count(*)::int AS n FROM ${table} WHERE ${ownedBy(theirs)} AND ${column}::text LIKE $1`,
          [`%${theirs.canary}%`],
        );
        expect([table, column, row!.n > 0]).toEqual([table, column, true]);
      }
    }
  });

  it('are hashed in every table that there is', async () => {
    for (const { name, test } of all.subjects.values()) {
      const tables = await test.dataSource.query<{ name: string }[]>(
        `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
         AND relname NOT IN ('migrations', 'typeorm_metadata') ORDER BY 1`,
      );
      const same = [...all.subjects.values()].filter((other) => other.test === test);
      const hashed = new Set(same.flatMap((subject) => subject.tables.map((table) => table.name)));
      expect([name, tables.map((table) => table.name)]).toEqual([name, [...hashed].sort()]);
    }
  });
});
