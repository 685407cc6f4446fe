import { EntityNotFound } from '@holdfast/errors';
import { existenceCheck, searchScope, type SearchScope, unscoped, type Unscoped } from '@holdfast/querier';
import { AuthorRow, type BookRow, type ShelfRow } from './library-rows.js';

const authorScope = (tenant: string): SearchScope<AuthorRow> =>
  searchScope<AuthorRow>({ name: 'authors', equals: { tenant } });

const nobodyOf = (tenant: string): string => `${tenant}-nobody`;

const authorOf = (tenant: string) =>
  existenceCheck<AuthorRow>(AuthorRow, { tenant: { eq: tenant } }, () => new EntityNotFound('domain', 'No authors.'));

/** Scopes that ask for what is not there. */
export function refusedScopes(tenant: string): {
  readonly [Of in 'books' | 'shelves']: readonly (readonly [scope: unknown, refusedFor: string])[];
} {
  const unmet = {
    name: 'unmet',
    equals: { tenant },
    existenceChecks: [authorOf(tenant), authorOf(nobodyOf(tenant))],
  };
  const books = searchScope<BookRow>({ ...unmet, related: behindBooks(tenant, 2) });
  const shelves = searchScope<ShelfRow>({ ...unmet, related: { books: bookScope(tenant, 1) } });
  return { books: [[books, 'domain_read_not-found']], shelves: [[shelves, 'domain_read_not-found']] };
}

/** What a tenant sees behind its books, two relations deep. */
const behindBooks = (tenant: string, depth: number) =>
  depth === 0
    ? {}
    : {
        shelf: shelfScope(tenant, depth - 1),
        home: 'owned' as const,
        sequelOf: bookScope(tenant, depth - 1),
        sequels: bookScope(tenant, depth - 1),
        authors: authorScope(tenant),
      };

export function bookScope(tenant: string, depth = 2): SearchScope<BookRow> {
  return searchScope<BookRow>({ name: 'books', equals: { tenant }, related: behindBooks(tenant, depth) });
}

function shelfScope(tenant: string, depth = 2): SearchScope<ShelfRow> {
  const related = depth === 0 ? {} : { books: bookScope(tenant, depth - 1) };
  return searchScope<ShelfRow>({ name: 'shelves', equals: { tenant }, related });
}

/** Nobody's books, with whatever is behind them: what it trusts is not for the other members of a union. */
function trusting(tenant: string, trusted: { authors: 'owned' } | { shelf: Unscoped }): SearchScope<BookRow> {
  const related = { ...behindBooks(tenant, 2), ...trusted };
  return searchScope<BookRow>({ name: 'trusting', equals: { tenant: nobodyOf(tenant) }, related });
}

/** Ways to say whose books, all of which let books be created. */
export function bookScopes(tenant: string): readonly unknown[] {
  const related = behindBooks(tenant, 2);
  const nobody = searchScope<BookRow>({ name: 'none', where: { tenant: { eq: nobodyOf(tenant) } }, related });
  return [
    bookScope(tenant),
    [searchScope<BookRow>({ name: 'coded', equals: { code: 'of nobody' }, related }), bookScope(tenant)],
    [nobody, bookScope(tenant)],
    [trusting(tenant, { authors: 'owned' }), bookScope(tenant)],
    [bookScope(tenant), trusting(tenant, { shelf: unscoped('what nobody’s books stand on') })],
    searchScope<BookRow>({ name: 'checked', equals: { tenant }, related, existenceChecks: [authorOf(tenant)] }),
  ];
}

/** A union with nobody's rows, and what a row would be nobody's by. */
export function apart(tenant: string): readonly [scope: unknown, values: object] {
  const nobody = nobodyOf(tenant);
  return [[bookScope(nobody), bookScope(tenant)], { tenant: nobody }];
}

/** Others, by conditions, also over a relation. */
export function conditionalBookScopes(tenant: string): readonly unknown[] {
  const related = behindBooks(tenant, 2);
  return [
    searchScope<BookRow>({ name: 'where', where: { tenant: { eq: tenant } }, related }),
    searchScope<BookRow>({ name: 'at home', equals: { tenant }, where: { home: { exists: true } }, related }),
    searchScope<BookRow>({ name: 'on my shelves', where: { home: { is: { tenant: { eq: tenant } } } }, related }),
  ];
}

export function shelfScopes(tenant: string): readonly unknown[] {
  return [shelfScope(tenant), [shelfScope(nobodyOf(tenant)), shelfScope(tenant)]];
}

export function conditionalShelfScopes(tenant: string): readonly unknown[] {
  const related = { books: bookScope(tenant, 1) };
  return [searchScope<ShelfRow>({ name: 'where', where: { tenant: { eq: tenant } }, related })];
}

/** Scopes that hold the same value in different columns. */
export function alikeScopes(tenant: string, shelf: string): readonly [unknown, unknown] {
  const related = behindBooks(tenant, 2);
  return [
    searchScope<BookRow>({ name: 'shelf', equals: { shelfId: shelf }, related }),
    searchScope<BookRow>({ name: 'home', equals: { homeId: shelf }, related }),
  ];
}
