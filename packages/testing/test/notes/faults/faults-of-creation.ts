import { EntityAlreadyExists, InvalidInput } from '@holdfast/errors';
import type { Note, NoteSpec } from '../notes-under-test.js';
import { type Fault, fault } from './fault.js';

/** What can be wrong with create and bulkCreate. */
export const faultsOfCreation: readonly Fault[] = [
  fault('returns what is not stored', /^create returns the row/, 'create', async ({ args, call }) => ({
    ...((await call(...args)) as Note),
    color: 'unheard of',
  })),
  fault('finds a title that is not taken', /^create refuses a row that exists/, 'create', ({ args, call }) => {
    const [scope, spec, options] = args as [unknown, NoteSpec, unknown];
    return call(scope, spec, options).catch(() => call(scope, { ...spec, title: `${spec.title} (2)` }, options));
  }),
  fault('mends invalid values', /^create refuses what holds an invalid/, 'create', ({ args, call }) => {
    const [scope, spec, options] = args as [unknown, NoteSpec | undefined, unknown];
    return call(scope, { ...spec, title: spec?.title.replace('\0', '') }, options);
  }),
  fault('returns what the database returns first', /^bulkCreate returns the rows in/, 'bulkCreate', async (made) =>
    ((await made.call(...made.args)) as readonly Note[]).toSorted((a, b) => (a.title < b.title ? -1 : 1)),
  ),
  fault('creates one after the other', /^bulkCreate creates none/, 'bulkCreate', async ({ args, sound }) => {
    const [scope, specs, options] = args as Parameters<typeof sound.bulkCreate>;
    const created: Note[] = [];
    for (const spec of specs) created.push(await sound.create(scope, spec, options));
    return created;
  }),
  fault('minds an empty list', /^bulkCreate makes nothing of an empty/, 'bulkCreate', async ({ args, call }) => {
    if ((args[1] as readonly unknown[]).length === 0) throw new InvalidInput('MISSING_VALUE', 'No specs.', '');
    return call(...args);
  }),
  fault('tells what the database said', /^errors have codes/, 'create', ({ args, call }) =>
    call(...args).catch((error: Error) => {
      const { cause } = error.cause as Error;
      throw new EntityAlreadyExists('note', (cause as Error).message, error.cause);
    }),
  ),
  fault('throws what the database threw', /^errors have codes/, 'create', ({ args, call }) =>
    call(...args).catch((error: Error) => {
      throw (error.cause as Error).cause;
    }),
  ),
];
