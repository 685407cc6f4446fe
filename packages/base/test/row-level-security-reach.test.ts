import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityNotFound, Misuse } from '@holdfast/errors';
import {
  existenceCheck,
  type RelatedScope,
  type Scope,
  searchScope,
  type SearchScope,
  type SearchScopeArgs,
  unscoped,
} from '@holdfast/querier';
import {
  type DbReadSession,
  type DbWriteSession,
  guardedPool,
  type ReadSpec,
  rowScope,
  withinScope,
} from '../src/index.js';
import { EntityCatalog } from '../src/entity/entity-catalog.js';
import {
  ann,
  ben,
  document,
  DocumentRow,
  documents,
  documentSecurity,
  type NoteRow,
  owner,
  tenant,
} from './fixture/documents.js';
import { careless, forgetful, silent } from './fixture/forgetful-specs.js';
import { guardedDatabase, type GuardedDatabase } from './fixture/guarded-database.js';

const a = tenant('a');
const b = tenant('b');
const all = unscoped('a test looks at everything');

describe.each([
  ['the guarded pool', guardedPool({ max: 1 })],
  ['a stock pool', { extra: { max: 1 } }],
])('what a statement reaches under row-level security over %s', (_name, pool) => {
  let test: GuardedDatabase;
  let mine: DocumentRow;
  let foreign: DocumentRow;

  beforeAll(async () => void (test = await guardedDatabase(pool)));
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.asSuperuser('TRUNCATE documents, notes');
    mine = await run(documents.create(a, document({ title: 'mine' })));
    foreign = await run(documents.create(b, document({ title: 'foreign', owner: ben })));
  });

  const run: GuardedDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);
  const titlesIn = async (dbSession: DbReadSession): Promise<string[]> => {
    const rows = await dbSession.sql<{ title: string }>`SELECT title FROM documents ORDER BY title`;
    return rows.map(({ title }) => title);
  };

  describe('behind relations', () => {
    const noted = { notes: { some: { text: { eq: 'a note' } } } } as const;
    const ofAnn = (related: RelatedScope<NoteRow>): SearchScope<DocumentRow> =>
      searchScope<DocumentRow>({ name: 'owner', equals: { owner: ann }, related: { notes: related } });
    const notesOf = (name: string, related: SearchScopeArgs<NoteRow>['related'] = {}): SearchScope<NoteRow> =>
      searchScope<NoteRow>({ name: 'tenant', equals: { tenant: name }, related });
    /** What a session that is opened for a scope has set. */
    const settingsOf = (scope: Scope<DocumentRow>): Promise<readonly object[]> =>
      test.database.beginReadonlySession(
        (dbSession) =>
          dbSession.sql`SELECT current_setting('holdfast.scope') AS scope, current_setting('holdfast.unscoped') AS unscoped`,
        { rowScope: rowScope(documentSecurity, scope) },
      );

    beforeEach(async () => {
      for (const { id, tenant: whose } of [mine, foreign]) {
        await test.asSuperuser(`INSERT INTO notes VALUES (gen_random_uuid(), $1, $2, 'a note')`, [id, whose]);
      }
    });

    it('shows what the scope says may be seen there, whatever its scopes are called', async () => {
      expect(await run(documents.count(ofAnn(notesOf('a')), noted))).toBe(1);
      expect(await run(documents.count(ofAnn(notesOf('b')), noted))).toBe(0);
      expect(await run(documents.count(ofAnn([notesOf('b'), notesOf('a')]), noted))).toBe(1);
      expect(await run(documents.count(ofAnn(unscoped('a test')), noted))).toBe(1);
      // Notes know no owners.
      expect(await run(documents.count(ofAnn('owned'), noted))).toBe(0);
    });

    it('says it of all relations, however far', async () => {
      const far = ofAnn(notesOf('a', { document: owner(ben) }));

      expect(await settingsOf(far)).toEqual([{ scope: `{"owner":"{${ann},${ben}}","tenant":"{a}"}`, unscoped: '' }]);
      expect(await settingsOf([a, ofAnn(notesOf('a'))])).toEqual([
        { scope: `{"tenant":"{a}","owner":"{${ann}}"}`, unscoped: '' },
      ]);
      expect(await settingsOf(ofAnn(notesOf('a', { document: all })))).toEqual([{ scope: '', unscoped: 'on' }]);
    });

    it('comes to an end where scopes lead in circles', async () => {
      const round: SearchScope<DocumentRow> = searchScope<DocumentRow>({
        name: 'tenant',
        equals: { tenant: 'a' },
        related: () => ({ notes: notesOf('a', () => ({ document: round })) }),
      });

      expect(await settingsOf(round)).toEqual([{ scope: '{"tenant":"{a}"}', unscoped: '' }]);
      expect(await run(documents.count(round, noted))).toBe(1);
      // Each makes the next one, and conditions reach as far as eight of them.
      const endless = (name: string): SearchScope<NoteRow> =>
        notesOf(name, () => ({ document: ofAnn(endless(`${name}x`)) }));
      expect(await settingsOf(ofAnn(endless('a')))).toEqual([
        { scope: `{"owner":"{${ann}}","tenant":"{a,ax,axx,axxx}"}`, unscoped: '' },
      ]);
    });

    it('does not widen what asks nothing there', async () => {
      const wide = searchScope<DocumentRow>({
        name: 'tenant',
        equals: { tenant: 'a' },
        related: { notes: notesOf('b') },
      });
      const planned = documents.get(wide, mine.id).plan(new EntityCatalog(test.dataSource, null));

      expect(planned.ahead!.settings!.values).toEqual(['{"tenant":"{a}"}', '']);
      expect(await run(forgetful(wide))).toEqual(['foreign', 'mine']);
    });

    it('refuses what it cannot say', async () => {
      const scopes = [
        searchScope<NoteRow>({ name: 'topic', where: { text: { eq: 'a note' } } }),
        searchScope<NoteRow>({ name: 'topic', equals: { tenant: 'a', text: 'a note' } }),
        searchScope<NoteRow>({ name: 'topic', equals: { lost: 'a' } as object }),
      ];

      for (const scope of scopes) {
        await expect(run(documents.count(ofAnn(scope), noted))).rejects.toBeInstanceOf(Misuse);
        expect(await run(documents.loadMany(ofAnn(scope), [mine.id]))).toHaveLength(1);
      }
    });
  });

  describe('with existence checks', () => {
    const checked = (title: string): SearchScope<DocumentRow> =>
      searchScope<DocumentRow>({
        name: 'tenant',
        equals: { tenant: 'a' },
        existenceChecks: [
          existenceCheck<DocumentRow>(DocumentRow, { title: { eq: title } }, () => new EntityNotFound('document')),
        ],
      });
    /** As of an entity without a declaration. */
    const undeclared = (title: string): ReadSpec<readonly string[]> =>
      withinScope<DocumentRow, ReadSpec<readonly string[]>>({}, checked(title), silent);

    it('finds what is there, whosever it is, and shows no more for it', async () => {
      expect(await run(forgetful(checked('foreign')))).toEqual(['mine']);
      expect(await run(careless(checked('foreign'), 'UPDATE documents SET rank = 7'))).toBe(1);
      expect(await run(undeclared('foreign'))).toEqual([]);
      await expect(run(forgetful(checked('nowhere')))).rejects.toBeInstanceOf(EntityNotFound);
    });

    it('leaves a dbSession with what it was opened with', async () => {
      const work = async (dbSession: DbWriteSession): Promise<unknown[]> => [
        await dbSession.execute(undeclared('foreign')),
        await dbSession.execute(careless(checked('foreign'), 'UPDATE documents SET rank = 8')),
        await titlesIn(dbSession),
        await dbSession
          .execute(careless(checked('nowhere'), 'DELETE FROM documents'))
          .catch((error: Error) => error.name),
        await titlesIn(dbSession),
      ];

      expect(await test.database.beginSession(work)).toEqual([[], 1, [], 'EntityNotFound', []]);
      expect(await test.database.beginSession(work, { rowScope: rowScope(documentSecurity, b) })).toEqual([
        ['foreign'],
        1,
        ['foreign'],
        'EntityNotFound',
        ['foreign'],
      ]);
    });
  });

  it('gives a spec that says nothing what the session was opened with, whatever earlier ones have said', async () => {
    const work = async (dbSession: DbWriteSession): Promise<unknown[]> => [
      await dbSession.execute(silent),
      await dbSession.execute(forgetful(all)),
      await dbSession.execute(silent),
      await dbSession.savepoint(async (inner) => {
        await inner.execute(forgetful(all));
        return inner.execute(silent);
      }),
      await dbSession
        .savepoint(async (inner) => {
          await inner.execute(forgetful(all));
          throw new Error('undone');
        })
        .catch(() => dbSession.execute(silent)),
    ];
    const expected = (own: readonly string[]): unknown[] => [own, ['foreign', 'mine'], own, own, own];

    expect(await run(silent)).toEqual([]);
    expect(await test.database.beginSession(work)).toEqual(expected([]));
    expect(await test.database.beginSession(work, { rowScope: rowScope(documentSecurity, a) })).toEqual(
      expected(['mine']),
    );
    expect(await test.database.beginSession(work, { rowScope: all })).toEqual(expected(['foreign', 'mine']));
  });
});
