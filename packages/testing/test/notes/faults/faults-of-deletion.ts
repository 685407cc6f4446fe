import type { Note } from '../notes-under-test.js';
import { type Fault, fault } from './fault.js';

/** What can be wrong with delete, restore and purge. */
export const faultsOfDeletion: readonly Fault[] = [
  fault('deletes for good', /^delete hides the row and keeps it/, 'delete', ({ args, sound }) =>
    sound.purge(...(args as Parameters<typeof sound.purge>)),
  ),
  fault('deletes nothing', /^delete hides the row and keeps it|^restore brings/, 'delete', ({ args, sound }) =>
    sound.get(...(args as Parameters<typeof sound.get>)),
  ),
  fault('deletes twice', /^delete does not see deleted/, 'delete', ({ args, call, sound }) =>
    call(...args).catch(() => {
      const [scope, id] = args as Parameters<typeof sound.get>;
      return sound.get(scope, id, { includeDeleted: true });
    }),
  ),
  fault('restores what is not deleted', /^restore brings a deleted row back, and finds none/, 'restore', (made) =>
    made.call(...made.args).catch(() => made.sound.get(...(made.args as Parameters<typeof made.sound.get>))),
  ),
  fault('restores nothing', /^restore brings a deleted row back/, 'restore', ({ args, sound }) => {
    const [scope, id] = args as Parameters<typeof sound.get>;
    return sound.get(scope, id, { includeDeleted: true });
  }),
  fault('purges by hiding', /^purge removes the row for good/, 'purge', ({ args, sound }) =>
    sound.delete(...(args as Parameters<typeof sound.delete>)),
  ),
  fault(
    'returns what it made of the row at last',
    /^purge removes the row for good/,
    'purge',
    async ({ args, call }) => ({
      ...((await call(...args)) as Note),
      deletedAt: new Date(0),
    }),
  ),
  fault('does not see deleted rows', /^purge removes a deleted row/, 'purge', async ({ args, call, sound }) => {
    await sound.get(...(args as Parameters<typeof sound.get>));
    return call(...args);
  }),
];
