import { batchQuerier, type Scope } from '@holdfast/querier';
import type { NoteRow } from '../note-row.js';
import type { Made } from '../wrapped.js';
import { type Fault, fault } from './fault.js';

type Notes = Scope<NoteRow>;

const twice = ({ args, call }: Made): Promise<unknown> => call(...args).then(() => call(...args));

const looksFirst = async ({ args, call, sound }: Made): Promise<unknown> => {
  await sound.search(args[0] as Notes, batchQuerier({ pagination: { first: 1 } }));
  return call(...args);
};

const oneByOne = async ({ args: [scope, items, ...rest], call }: Made): Promise<unknown> => {
  const answers: unknown[] = [];
  for (const item of items as readonly unknown[]) answers.push(await call(scope, [item], ...rest));
  return answers;
};

/** What can be wrong with how often the database is asked. */
export const faultsOfStatements: readonly Fault[] = [
  fault('reads twice', /^(get|find|count) sends no more/, ['get', 'find', 'count'], twice),
  fault(
    'looks before it leaps',
    /^(create|update|delete|restore|purge|upsert) sends no more/,
    ['create', 'update', 'delete', 'restore', 'purge', 'upsert'],
    looksFirst,
  ),
  fault(
    'goes row by row',
    /^(bulkCreate|bulkCreatePartial|bulkUpsert|loadMany|batch\w+) sends no more/,
    ['bulkCreate', 'bulkCreatePartial', 'bulkUpsert', 'loadMany', 'batchUpdate', 'batchDelete', 'batchPurge'],
    oneByOne,
  ),
  fault('counts apart from the page', /^search sends no more/, 'search', async ({ args, call, sound }) => {
    await sound.count(args[0] as Notes, { title: { ne: '' } });
    return call(...args);
  }),
];
