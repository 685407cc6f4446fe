import { type Database, removeOutdated, type StreamSpec } from '@holdfast/base';
import { EntityAlreadyExists } from '@holdfast/errors';
import { order, orderExpression } from '@holdfast/querier';
import type { TestDatabase } from '@holdfast/testing';
import type { Kit } from '../drives/kit.js';
import { retentionDrive } from '../drives/retention-drive.js';
import { standardDrives } from '../drives/standard-drives.js';
import type { BookRow, ShelfRow } from '../library/library-rows.js';
import { settleLibrary } from '../library/settle-library.js';
import { books, shelves } from '../library/library-operations.js';
import {
  alikeScopes,
  apart,
  bookScope,
  bookScopes,
  conditionalBookScopes,
  conditionalShelfScopes,
  refusedScopes,
  shelfScopes,
} from '../library/library-scopes.js';
import { interopSubject } from './interop-subject.js';
import type { OwnedTable, Subject } from '../subject.js';
import type { Tenant } from '../tenant.js';

const tenantOf = (tenant: Tenant): string => tenant.key('tenant');
const ids = (tenant: Tenant, from: number): readonly string[] => [1, 2, 3].map((n) => tenant.uuid(from + n));

const inUse = (): EntityAlreadyExists => new EntityAlreadyExists('generic', 'It is in use.');

const bookKit: Kit = {
  scopes: (tenant) => bookScopes(tenantOf(tenant)),
  conditionalScopes: (tenant) => conditionalBookScopes(tenantOf(tenant)),
  refusedScopes: (tenant) => refusedScopes(tenantOf(tenant)).books,
  id: (tenant, n) => tenant.uuid(n),
  creation: (tenant, n, values = {}) => ({
    values: {
      id: tenant.uuid(n),
      tenant: tenantOf(tenant),
      title: tenant.canary,
      code: `new-${n}`,
      pages: n,
      tags: [tenant.canary],
      facts: { [tenant.canary]: tenant.canary },
      ...values,
    },
  }),
  // Without its home: that has a foreign key, which would keep it where it is.
  belonging: (tenant) => [{ tenant: tenantOf(tenant), homeId: null }],
  taken: (tenant) => ({ code: `known-${tenant.name}` }),
  uniqueBy: [['tenant', 'code']],
  conflictChecks: [{ table: 'book_authors', column: 'book_id', error: inUse }],
  change: (changes) => ({ changes }),
  harmless: { pages: 7 },
  isVersioned: true,
  columns: { text: 'title', nullable: 'blurb', number: 'pages', list: 'tags', json: 'facts' },
  relations: { one: { shelf: 'name', home: 'name', sequelOf: 'title' }, many: { sequels: 'title', authors: 'name' } },
  conditions: (tenant) => [
    { tenant: { eq: tenantOf(tenant) } },
    { id: { in: ids(tenant, 0) } },
    { shelfId: { in: ids(tenant, 10) } },
    { sequelOf: { is: { shelf: { is: { name: { eq: tenant.canary } } } } } },
    { sequelOf: { is: { sequels: { some: { title: { eq: tenant.canary } } } } } },
    { shelf: { is: { books: { some: { title: { startsWith: 'canary' }, tenant: { eq: tenantOf(tenant) } } } } } },
    { home: { is: { tenant: { eq: tenantOf(tenant) } } } },
    { authors: { some: { tenant: { eq: tenantOf(tenant) } } } },
  ],
  apart: (tenant) => apart(tenantOf(tenant)),
  alike: (mine) => alikeScopes(tenantOf(mine), mine.uuid(11)),
  refusedSearches: (tenant) => [
    [bookScope(tenantOf(tenant)), { conditions: [{ home: { is: { books: { some: {} } } } }] }, 'UNKNOWN_FIELD'],
    [bookScope(tenantOf(tenant), 0), { conditions: [{ shelf: { exists: true } }] }, 'UNKNOWN_FIELD'],
    [bookScope(tenantOf(tenant), 1), { orders: [order<BookRow>('sequelOf.shelf.name')] }, 'UNKNOWN_FIELD'],
  ],
  parents: (tenant) => ({ tenant: [tenantOf(tenant)], homeId: ids(tenant, 10), shelfId: ids(tenant, 10) }),
  orders: [
    [order<BookRow>('title', { ascending: false })],
    [order<BookRow>('shelf.name')],
    [order<BookRow>('shelf.code', { ascending: false, nulls: 'last' }), order<BookRow>('pages')],
    [order<BookRow>('sequelOf.title', { nulls: 'first' })],
    [order<BookRow>('sequelOf.shelf.name')],
    [order<BookRow>('home.name', { ascending: false })],
    [order<BookRow>(orderExpression<BookRow>({ sql: 'lower({title})', type: 'text' }))],
    [{ ...order<BookRow>('shelf.note'), confidential: true }],
  ] as never,
};

const shelfKit: Kit = {
  scopes: (tenant) => shelfScopes(tenantOf(tenant)),
  conditionalScopes: (tenant) => conditionalShelfScopes(tenantOf(tenant)),
  refusedScopes: (tenant) => refusedScopes(tenantOf(tenant)).shelves,
  id: (tenant, n) => tenant.uuid(10 + n),
  creation: (tenant, n, values = {}) => ({
    values: {
      id: tenant.uuid(10 + n),
      tenant: tenantOf(tenant),
      name: tenant.canary,
      code: `new-${n}`,
      ...values,
    },
  }),
  belonging: (tenant) => [{ tenant: tenantOf(tenant) }],
  taken: (tenant) => ({ code: `known-${tenant.name}` }),
  uniqueBy: [['tenant', 'code']],
  conflictChecks: [{ table: 'books', column: 'home_id', unlessMarked: 'deleted_at', error: inUse }],
  change: (changes) => ({ changes }),
  harmless: { width: 7 },
  columns: { text: 'name', nullable: 'note', number: 'width', list: null, json: null },
  relations: { one: {}, many: { books: 'title' } },
  conditions: (tenant) => [
    { tenant: { eq: tenantOf(tenant) } },
    { books: { some: { tenant: { eq: tenantOf(tenant) } } } },
    { books: { every: { tenant: { ne: tenantOf(tenant) } } } },
    { books: { some: { sequelOf: { is: { title: { eq: tenant.canary } } } } } },
  ],
  parents: (tenant) => ({ tenant: [tenantOf(tenant)] }),
  orders: [[order<ShelfRow>('name')], [order<ShelfRow>('note', { nulls: 'first' }), order<ShelfRow>('width')]] as never,
};

async function streamed(database: Database, spec: StreamSpec<unknown>): Promise<readonly unknown[]> {
  const stream = database.stream(spec);
  const partitions: unknown[] = [];
  for await (const partition of stream) partitions.push(partition);
  return [...partitions, stream.isTruncated];
}

const own = (tenant: Tenant): string => `tenant = '${tenantOf(tenant)}'`;
const tables: readonly OwnedTable[] = [
  { name: 'books', ownedBy: own, closed: ['tenant', 'code'] },
  { name: 'shelves', ownedBy: own, closed: ['tenant', 'code'] },
  { name: 'authors', ownedBy: own, closed: ['tenant'] },
  {
    name: 'book_authors',
    ownedBy: (tenant) => `book_id IN (SELECT id FROM books WHERE ${own(tenant)})`,
    closed: [],
  },
];

/** What was deleted long ago. */
function outdatedRemoved(database: Database, operations: object, [scope, what]: readonly unknown[]): Promise<unknown> {
  const retention = { operations, scope, column: 'deletedAt', keepMs: 1, batchSize: 1, ...(what as object) };
  return removeOutdated(database, retention as never);
}

type Specs = Readonly<Record<string, (...args: readonly unknown[]) => never>>;

/** The standard operations, on entities with relations, unique codes and a cascade; and what is made of them. */
export function librarySubjects(test: TestDatabase): readonly Subject[] {
  const standard = [
    { name: 'base/books', specs: books as unknown as Specs, kit: bookKit },
    { name: 'base/shelves', specs: shelves as unknown as Specs, kit: shelfKit },
  ].map(({ name, specs, kit }): Subject => {
    const call = async (operation: string, args: readonly unknown[]): Promise<unknown> => {
      if (operation === 'removeOutdated') return outdatedRemoved(test.database, specs, args);
      const spec = specs[operation]!(...args);
      return operation.startsWith('stream') ? streamed(test.database, spec) : test.database.execute(spec);
    };
    return {
      name,
      test,
      tables,
      operations: [...Object.keys(specs), 'removeOutdated'].sort(),
      drives: { ...standardDrives(kit, call), removeOutdated: retentionDrive(kit) },
      call,
      settle: (tenant, other) => settleLibrary(test.dataSource, tenantOf(tenant), tenant, other),
    };
  });
  return [...standard, interopSubject(standard[0]!, bookKit)];
}
