import { everyRow } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { Note, NoteChange } from '../notes-under-test.js';
import { type Fault, fault } from './fault.js';

const known = (change: object): object =>
  Object.fromEntries(
    Object.entries(change)
      .filter(([property]) => property === 'color' || property === 'title')
      .map(([property, value]) => [property, typeof value === 'string' ? value.replace('\0', '') : value]),
  );

/** What can be wrong with update. */
export const faultsOfChanges: readonly Fault[] = [
  fault('changes nothing', /^update changes what/, 'update', ({ args, sound }) =>
    sound.get(...([args[0], args[1]] as Parameters<typeof sound.get>)),
  ),
  fault(
    'returns what was there before',
    /^update (changes what|sets NULL)/,
    'update',
    async ({ args, call, sound }) => {
      const before = await sound.get(...([args[0], args[1]] as Parameters<typeof sound.get>));
      await call(...args);
      return before;
    },
  ),
  fault('changes more than it is told to', /^update changes what/, 'update', ({ args, call }) =>
    call(args[0], args[1], { title: 'changed', ...(args[2] as NoteChange) }, args[3]),
  ),
  fault('changes every row', /^update changes no row but/, 'update', async ({ args, call, sound }) => {
    const [scope, , change] = args as Parameters<typeof sound.update>;
    await sound.batchUpdate(scope, everyRow('a fault'), change);
    return call(...args);
  }),
  fault('takes null for nothing', /^update sets NULL/, 'update', ({ args: [scope, id, change, options], call }) => {
    const said = Object.entries(change as NoteChange).filter(([, value]) => value !== null);
    return call(scope, id, Object.fromEntries(said), options);
  }),
  fault('minds a change of nothing', /^update returns the row as it is/, 'update', async ({ args, call }) => {
    if (Object.keys(args[2] as NoteChange).length === 0) throw new InvalidInput('MISSING_VALUE', 'No change.', '');
    return call(...args);
  }),
  fault(
    'finds what is missing if nothing is to be changed',
    /^update returns the row as it is/,
    'update',
    async (made) =>
      Object.keys(made.args[2] as NoteChange).length === 0
        ? made.sound.find(...([made.args[0], made.args[1]] as Parameters<typeof made.sound.find>))
        : made.call(...made.args),
  ),
  fault(
    'does not mind what it does not know',
    /^(update refuses a property|batchUpdate refuses a change)/,
    ['update', 'batchUpdate'],
    ({ args: [scope, id, change, options], call }) => call(scope, id, known(change as NoteChange), options),
  ),
  fault('changes deleted rows', /^update does not see deleted/, 'update', async ({ args, call, sound }) => {
    const [scope, id] = args as Parameters<typeof sound.restore>;
    const deleted = await sound.restore(scope, id).catch(() => null);
    const updated = (await call(...args)) as Note;
    return deleted === null ? updated : sound.delete(scope, id);
  }),
  fault('minds no versions', /^update changes a row that is in the expected/, 'update', ({ args, call }) =>
    call(args[0], args[1], args[2]),
  ),
];
