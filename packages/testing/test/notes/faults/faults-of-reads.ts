import { type BatchQuerier, batchQuerier, unscoped } from '@holdfast/querier';
import { EntityNotFound } from '@holdfast/errors';
import type { Note } from '../notes-under-test.js';
import type { NoteRow } from '../note-row.js';
import { type Fault, fault } from './fault.js';

const everybodys = unscoped('a fault');

/** What can be wrong with get, find, loadMany and count. */
export const faultsOfReads: readonly Fault[] = [
  fault('gives nothing where it should throw', /^get returns the row/, 'get', ({ args, sound }) =>
    sound.find(...(args as Parameters<typeof sound.find>)),
  ),
  fault('throws where it should give nothing', /^find returns the row/, 'find', ({ args, sound }) =>
    sound.get(...(args as Parameters<typeof sound.get>)),
  ),
  fault('loads in the order of the table', /^loadMany answers in the order/, 'loadMany', async ({ args, call }) =>
    ((await call(...args)) as readonly (Note | null)[]).toSorted((a, b) => ((a?.id ?? '') < (b?.id ?? '') ? -1 : 1)),
  ),
  fault('loads each only once', /^loadMany answers in the order/, 'loadMany', ({ args, call }) =>
    call(args[0], [...new Set(args[1] as readonly string[])], args[2]),
  ),
  fault('leaves out what is missing', /^loadMany answers in the order/, 'loadMany', async ({ args, call }) =>
    ((await call(...args)) as readonly (Note | null)[]).filter((note) => note !== null),
  ),
  fault('minds an empty list', /^loadMany answers with nothing/, 'loadMany', async ({ args, call }) => {
    if ((args[1] as readonly unknown[]).length === 0) throw new EntityNotFound('note', 'No ids.');
    return call(...args);
  }),
  fault('counts the rows of everybody', /^count counts the rows/, 'count', ({ args: [, ...rest], call }) =>
    call(everybodys, ...rest),
  ),
  fault('tells a foreign row from a missing one', /^get answers for a foreign row/, 'get', async ({ args, sound }) => {
    const [scope, id, options] = args as Parameters<typeof sound.get>;
    const found = await sound.find(scope, id, options);
    if (found !== null) return found;
    const isForeign = (await sound.find(everybodys, id, options)) !== null;
    throw new EntityNotFound('note', isForeign ? 'This note is of another team.' : `There is no note ${id}.`);
  }),
  fault(
    'shows deleted rows',
    /leaves deleted rows out, unless/,
    ['get', 'find', 'loadMany', 'search', 'count'],
    ({ args: [scope, what, options], call }) => call(scope, what, { ...(options as object), includeDeleted: true }),
  ),
  fault('counts deleted rows', /^search counts deleted rows only/, 'search', async ({ args, call }) => {
    const [scope, querier] = args as [unknown, BatchQuerier<NoteRow>];
    const page = (await call(...args)) as object;
    const all = (await call(scope, batchQuerier(querier), { includeDeleted: true })) as { readonly total: unknown };
    return { ...page, total: all.total };
  }),
  fault('locks nothing', /^get locks its row/, 'get', ({ args: [scope, id, options], call }) => {
    const { includeDeleted = false } = (options ?? {}) as { readonly includeDeleted?: boolean };
    return call(scope, id, { includeDeleted });
  }),
];
