import path from 'node:path';
import { applyTo } from '@holdfast/base';
import {
  type BatchQuerier,
  batchQuerier,
  conditionToSql,
  CursorCodec,
  type EntityShape,
  type QueryCondition,
  type Scope,
  type SearchScope,
  toSql,
} from '@holdfast/querier';
import type { DataSource } from 'typeorm';
import { attempt, type Drive, together } from '../attempt.js';
import { conditionsAt, inTurns } from '../drives/conditions.js';
import { exportedInterop } from '../drives/exported-interop.js';
import { everyScope, type Kit } from '../drives/kit.js';
import { searchDrive } from '../drives/search-drive.js';
import { BookRow } from '../library/library-rows.js';
import type { Subject } from '../subject.js';

type Way = (scope: Scope<BookRow>, asked: never, selection?: { readonly includeDeleted?: boolean }) => Promise<unknown>;

const cursors = new CursorCodec({ keys: ['a key that is no secret, for this test only'] });
const catalogOfBase = path.resolve(__dirname, '../../../../../packages/base/src/entity/entity-catalog.ts');

/** Books as base knows them; an application without TypeORM says the same by `entityShape`. */
async function shapeOf(dataSource: DataSource): Promise<EntityShape> {
  const { EntityCatalog } = (await import(catalogOfBase)) as {
    EntityCatalog: new (dataSource: DataSource, cursors: null) => { mappingOf(entity: unknown): EntityShape };
  };
  return new EntityCatalog(dataSource, null).mappingOf(BookRow);
}

/** The statements of others that scope and querier become part of: pg's, and those of TypeORM's builder with its joins. */
export function interopSubject(library: Subject, kit: Kit): Subject {
  const { dataSource } = library.test;
  const ways: Readonly<Record<string, Way>> = {
    async toSql(scope, querier: BatchQuerier<BookRow>, selection = {}) {
      const { text, values, toPage } = toSql(await shapeOf(dataSource), scope, querier, { cursors, ...selection });
      return toPage(await dataSource.query<object[]>(text, values));
    },
    async conditionToSql(scope, condition: QueryCondition<BookRow>, selection = {}) {
      const { text, values } = conditionToSql(await shapeOf(dataSource), scope, condition, {
        alias: 'b',
        ...selection,
      });
      return dataSource.query(`SELECT b.title, b.pages FROM books b WHERE ${text} ORDER BY b.id`, values);
    },
    async applyTo(scope, querier: BatchQuerier<BookRow>, selection = {}) {
      const builder = dataSource
        .getRepository(BookRow)
        .createQueryBuilder('b')
        .leftJoinAndSelect('b.shelf', 's')
        .leftJoinAndSelect('s.books', 'sb')
        .leftJoinAndSelect('b.sequels', 'q')
        .leftJoinAndSelect('b.authors', 'a')
        .where('b.pages >= 0 OR b.pages < 0');
      if (selection.includeDeleted === true) builder.withDeleted();
      return applyTo(builder, scope, querier, { cursors }).getPage();
    },
  };
  const call: Subject['call'] = (operation, [scope, asked, selection]) =>
    ways[operation]!(scope as Scope<BookRow>, asked as never, selection as { includeDeleted?: boolean });
  const searched = (operation: string, searchKit: Kit): Drive =>
    searchDrive(searchKit, (_, args) => call(operation, args));
  const withoutChecks: Kit = { ...kit, scopes: (tenant) => kit.scopes(tenant).filter((scope) => !hasChecks(scope)) };
  // What the builder joins is refused before anything that is asked, and it is not the request that is wrong then.
  const joinedKit: Kit = {
    ...kit,
    refusedSearches: (tenant) =>
      (kit.refusedSearches?.(tenant) ?? []).map(([scope, search, refusedFor]) => [
        scope,
        search,
        namesJoins(scope as SearchScope<BookRow>) ? refusedFor : 'Misuse',
      ]),
  };
  /** Where nothing is asked ahead, a scope that asks for it is refused; where it is asked, it is refused for the answer. */
  const checked = (kind: (scope: unknown) => unknown, refusedFor?: string): Drive => {
    return ({ mine }) =>
      (kit.refusedScopes?.(mine) ?? []).map(([scope, unmet]) => ({
        ...attempt(scope, kind(scope)),
        refusedFor: refusedFor ?? unmet,
      }));
  };
  const all = (): unknown => batchQuerier({ pagination: { first: 1 } });
  return {
    ...library,
    name: 'interop/books',
    operations: exportedInterop(),
    call,
    drives: {
      toSql: together(searched('toSql', withoutChecks), checked(all, 'Misuse')),
      applyTo: together(searched('applyTo', joinedKit), checked(all)),
      conditionToSql: together(
        ({ mine, theirs }) => [
          ...inTurns(everyScope(withoutChecks, mine), conditionsAt(kit, theirs), (scope, condition) =>
            attempt(scope, condition, { includeDeleted: true }),
          ),
          ...everyScope(withoutChecks, mine).map((scope) => attempt(scope, {})),
        ],
        checked(() => ({}), 'Misuse'),
      ),
    },
  };
}

function hasChecks(scope: unknown): boolean {
  return ((scope as { existenceChecks?: readonly unknown[] }).existenceChecks ?? []).length > 0;
}

/** Whether a scope says what may be seen as far as the builder joins. */
function namesJoins({ related }: SearchScope<BookRow>): boolean {
  const shelf = related['shelf'] as Partial<SearchScope<never>> | undefined;
  return shelf?.related?.['books'] !== undefined;
}
