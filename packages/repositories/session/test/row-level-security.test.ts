import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportRowLevelSecurity } from '@holdfast/base';
import { sessionTablesRowLevelSecurity } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());

describe('row-level security of sessions and what belongs to them', () => {
  it('is made by the migrations as it is declared, and makes no index useless but that of images', async () => {
    const findings = await reportRowLevelSecurity(test.database, sessionTablesRowLevelSecurity);

    // Whether the role is a superuser is up to whoever runs this.
    const ofTables = findings.filter(({ code }) => code !== 'role-bypasses');
    expect(ofTables.map(({ severity, code, object }) => [severity, code, object])).toEqual([
      ['reveals', 'unique-index', 'sessions_pkey'],
      // An operator of arrays, none of which are leakproof: `hasImage` looks through the rows of its scope.
      ['slows', 'not-leakproof', 'sessions.images'],
      ['reveals', 'unique-index', 'kernels_pkey'],
      ['reveals', 'unique-index', 'resource_allocations_pkey'],
      ['reveals', 'unique-index', 'session_vfolder_mounts_pkey'],
      ['reveals', 'unique-index', 'session_dependencies_pkey'],
      ['reveals', 'unique-index', 'session_status_history_pkey'],
    ]);
  });
});
