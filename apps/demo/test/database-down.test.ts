import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { syntheticTenants } from '../src/tenants/synthetic-tenants.js';
import { runDemo, type RunningDemo } from './support/running-demo.js';

const key = syntheticTenants.superadminKey;

describe('a demo whose database goes down', () => {
  let folder: string;
  let postgres: EmbeddedPostgres;
  let demo: RunningDemo;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'holdfast-demo-down-'));
    // As root, the server's user must be able to enter it.
    chmodSync(folder, 0o755);
    postgres = await startEmbeddedPostgres({ directory: path.join(folder, 'data') });
    demo = await runDemo({ databaseUrl: postgres.url });
  });
  afterAll(async () => {
    await demo.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true });
  });

  it('answers 503 and is not ready, and recovers by itself when the database is back', async () => {
    // Given
    const before = await demo.call(key, '/sessions?first=3&order=name&total=exact');
    expect([before.status, (await demo.call(null, '/health/ready')).status]).toEqual([200, 200]);

    for (let round = 0; round < 2; round += 1) {
      // When
      await postgres.stop();

      // Then
      const routes = ['/sessions?first=3', '/agents?first=3', '/schedule/common'];
      const reads = await Promise.all(routes.map((route) => demo.call(key, route)));
      const body = { name: `down-${round}`, type: 'batch', image: 'python:3.12', requestedSlots: { cpu: 1 } };
      const owner = syntheticTenants.domains[0]!.users[0]!;
      const write = await demo.call(owner.accessKey, '/sessions', body);
      const ready = await demo.call(null, '/health/ready');
      for (const answer of [...reads, write, ready]) {
        expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'application/problem+json']);
        expect(answer.headers.get('retry-after')).toBe('1');
        expect(answer.text).not.toMatch(/ECONN|127\.0\.0\.1|postgres/);
      }
      expect((await demo.call(null, '/health/live')).status).toBe(200);
      expect((await demo.call(null, '/metrics')).status).toBe(200);

      // When
      postgres = await startEmbeddedPostgres({ directory: postgres.dataDirectory, port: postgres.port });

      // Then
      while ((await demo.call(null, '/health/ready')).status !== 200) await delay(50);
      const after = await demo.call(key, '/sessions?first=3&order=name&total=exact');
      expect([after.status, after.body['items']]).toEqual([200, before.body['items']]);
    }
  });
});
