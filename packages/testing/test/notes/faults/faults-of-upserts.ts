import { unscoped } from '@holdfast/querier';
import type { Note, NoteSpec } from '../notes-under-test.js';
import { type Fault, fault } from './fault.js';

/** What can be wrong with bulkCreatePartial, upsert and bulkUpsert. */
export const faultsOfUpserts: readonly Fault[] = [
  fault('creates all or none', /^bulkCreatePartial creates what it can|spoil/, 'bulkCreatePartial', async (made) => ({
    successes: await made.sound.bulkCreate(...(made.args as Parameters<typeof made.sound.bulkCreate>)),
    failures: [],
  })),
  fault('returns others first', /^bulkCreatePartial creates all where/, 'bulkCreatePartial', async ({ args, call }) => {
    const { successes, failures } = (await call(...args)) as { successes: readonly Note[]; failures: unknown };
    return { successes: successes.toReversed(), failures };
  }),
  fault(
    'says nothing of what fails',
    /^bulkCreatePartial creates what/,
    'bulkCreatePartial',
    async ({ args, call }) => ({
      ...((await call(...args)) as object),
      failures: [],
    }),
  ),
  fault('creates for anybody', /^bulkCreatePartial makes no row/, 'bulkCreatePartial', ({ args: [, ...rest], call }) =>
    call(unscoped('a fault'), ...rest),
  ),
  fault('leaves what is there', /^upsert changes the row/, 'upsert', async ({ args, sound }) => {
    const [scope, spec] = args as Parameters<typeof sound.create>;
    const { successes } = await sound.bulkCreatePartial(scope, [spec]);
    return { data: successes[0] ?? null, inserted: successes.length > 0 };
  }),
  fault('always says that it is new', /^upsert changes the row/, 'upsert', async ({ args, call }) => ({
    ...((await call(...args)) as object),
    inserted: true,
  })),
  fault('never says that it is new', /^upsert creates a row/, 'upsert', async ({ args, call }) => ({
    ...((await call(...args)) as object),
    inserted: false,
  })),
  fault(
    'makes anew what is deleted',
    /^(upsert refuses a row that is deleted|bulkUpsert does nothing if one)/,
    ['upsert', 'bulkUpsert'],
    ({ args, call }) => {
      const [scope, given, options] = args as [unknown, NoteSpec | readonly NoteSpec[], unknown];
      const renamed = (spec: NoteSpec): NoteSpec => ({ ...spec, title: `${spec.title} (2)` });
      return call(...args).catch(() =>
        call(scope, Array.isArray(given) ? given.map(renamed) : renamed(given as NoteSpec), options),
      );
    },
  ),
  fault('counts what it was given', /^bulkUpsert creates and changes/, 'bulkUpsert', async ({ args, call }) => {
    await call(...args);
    return { inserted: (args[1] as readonly unknown[]).length, updated: 0 };
  }),
  fault(
    'changes the rows of anybody',
    /^(upsert|bulkUpsert) neither makes nor changes/,
    ['upsert', 'bulkUpsert'],
    ({ args: [, given, options], call }) => {
      const loud = (spec: NoteSpec): NoteSpec => ({ ...spec, color: 'loud' });
      const louder = Array.isArray(given) ? (given as readonly NoteSpec[]).map(loud) : loud(given as NoteSpec);
      return call(unscoped('a fault'), louder, options);
    },
  ),
];
