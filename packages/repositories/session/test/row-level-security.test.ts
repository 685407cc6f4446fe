import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportRowLevelSecurity } from '@holdfast/base';
import { kernelRowLevelSecurity, sessionRowLevelSecurity } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());

describe('row-level security of sessions and kernels', () => {
  it('is made by the migrations as it is declared, and makes no index useless', async () => {
    const findings = await reportRowLevelSecurity(test.database, [sessionRowLevelSecurity, kernelRowLevelSecurity]);

    // Whether the role is a superuser is up to whoever runs this.
    const ofTables = findings.filter(({ code }) => code !== 'role-bypasses');
    expect(ofTables.map(({ severity, code, object }) => [severity, code, object])).toEqual([
      ['reveals', 'unique-index', 'sessions_pkey'],
      ['reveals', 'unique-index', 'kernels_pkey'],
    ]);
  });
});
