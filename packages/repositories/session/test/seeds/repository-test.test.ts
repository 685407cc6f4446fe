import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { accessKey, resourceSlot, scalingGroupName } from '@holdfast/domain-types';
import { createTestDatabase, type TestDatabase, withTables } from '@holdfast/testing';
import { sessionEntities } from '../../src/entities.js';
import {
  type SessionCreationSpec,
  SessionDbSource,
  SessionNotFound,
  SessionRepository,
  SessionStatus,
  SessionType,
} from '../../src/index.js';
import { alice, ofAlice } from '../fixture/sessions.js';

let test: TestDatabase;
beforeAll(async () => void (test = await createTestDatabase({ entities: sessionEntities, migrations: [] })));
afterAll(() => test.close());

/** A fixture of this file alone. */
const sessionDbSource = (): SessionDbSource => new SessionDbSource(test.database);

/** A fixture of this file alone. */
const sessionRepository = (): SessionRepository => new SessionRepository({ dbSource: sessionDbSource() });

it('a repository is tested on a real database, with tables that are there for as long as the test runs', async () => {
  await withTables(test.dataSource, sessionEntities, async () => {
    // Given
    const repository = sessionRepository();
    const spec: SessionCreationSpec = {
      ...alice,
      name: 'test-session',
      accessKey: accessKey('AKIAIOSFODNN7EXAMPLE'),
      image: 'python:3.11',
      type: SessionType.INTERACTIVE,
      requestedSlots: resourceSlot({ cpu: 1 }),
      scalingGroupName: scalingGroupName('default'),
    };

    // When
    const session = await repository.create(ofAlice, spec);

    // Then
    expect(session.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(session.name).toBe('test-session');
    expect(session.status).toBe(SessionStatus.PENDING);

    // Cleanup
    await repository.purge(ofAlice, session.id);
    await expect(repository.get(ofAlice, session.id)).rejects.toBeInstanceOf(SessionNotFound);
  });

  expect(await test.dataSource.query(`SELECT to_regclass('sessions') AS sessions`)).toEqual([{ sessions: null }]);
});
