import type { InvalidInput } from '@holdfast/errors';
import { type BatchQuerier, batchQuerier, type Page, unscoped } from '@holdfast/querier';
import type { Note } from '../notes-under-test.js';
import type { NoteRow } from '../note-row.js';
import type { Made } from '../wrapped.js';
import { type Fault, fault } from './fault.js';

type Querier = BatchQuerier<NoteRow>;

/** A page that is given otherwise; its cursors are made when they are asked for, and do not come along by themselves. */
const pageOf = (does: (page: Page<Note>, querier: Querier) => Partial<Page<Note>>) => async (made: Made) => {
  const page = (await made.call(...made.args)) as Page<Note>;
  const { cursors, startCursor, endCursor } = page;
  return { ...page, cursors, startCursor, endCursor, ...does(page, made.args[1] as Querier) };
};

const askedOtherwise =
  (does: (querier: Querier) => Partial<Querier>) =>
  ({ args: [scope, querier, options], call }: Made) =>
    call(scope, batchQuerier<NoteRow>({ ...(querier as Querier), ...does(querier as Querier) }), options);

/** What can be wrong with search. */
export const faultsOfSearch: readonly Fault[] = [
  fault(
    'says that there is always more',
    /^search gives all pages forward/,
    'search',
    pageOf(() => ({ hasNextPage: true })),
  ),
  fault(
    'never looks back',
    /^search gives all pages (forward|backward)/,
    'search',
    pageOf(() => ({ hasPreviousPage: false })),
  ),
  fault(
    'gives pages backward as they are read',
    /^search gives all pages backward/,
    'search',
    pageOf(({ items }, { pagination }) => (pagination.last === undefined ? {} : { items: items.toReversed() })),
  ),
  fault(
    'gives a cursor of the wrong end',
    /^search gives all pages forward/,
    'search',
    pageOf(({ startCursor }) => ({ endCursor: startCursor })),
  ),
  fault(
    'loses the last row of each page',
    /^search gives (all pages|pages by position)/,
    'search',
    pageOf(({ items }, { pagination }) => (pagination.noPagination ? {} : { items: items.slice(0, -1) })),
  ),
  fault(
    'knows no positions',
    /^search gives pages by position/,
    'search',
    askedOtherwise(({ pagination }) =>
      pagination.limit === undefined ? {} : { pagination: { limit: pagination.limit, offset: 0 } },
    ),
  ),
  fault(
    'always counts',
    /^search counts what matches/,
    'search',
    askedOtherwise(() => ({ total: 'exact' })),
  ),
  fault('counts the rows of everybody', /^search counts what matches/, 'search', async ({ args, call }) => {
    const page = (await call(...args)) as Page<Note>;
    const [, querier, options] = args;
    const { total } = (await call(unscoped('a fault'), querier, options)) as Page<Note>;
    return { ...page, total };
  }),
  fault('begins again for a bad cursor', /^search refuses a cursor/, 'search', ({ args, call }) =>
    call(...args).catch((error: InvalidInput) => {
      if (error.reason !== 'INVALID_CURSOR') throw error;
      const querier = batchQuerier<NoteRow>({ ...(args[1] as Querier), pagination: { first: 1 } });
      return call(args[0], querier, args[2]);
    }),
  ),
];
