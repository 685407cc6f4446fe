import { unscoped } from '@holdfast/querier';
import { noteContract } from '../note-contract.js';
import { NoteRepository } from '../notes-under-test.js';
import { type Otherwise, wrapped } from '../wrapped.js';
import { type Fault, fault, operations } from './fault.js';

const everybodys = unscoped('a fault');

/** Without what they were told at last. */
const ARITY = { update: 3, batchUpdate: 3 } as Readonly<Record<string, number>>;

const apart: Otherwise = ({ operation, args, call }) => {
  const at = ARITY[operation] ?? 2;
  return call(...args.slice(0, at), { ...(args[at] as object | undefined), separate: true });
};

class Alone extends NoteRepository {
  override within(): this {
    return wrapped(this, Object.fromEntries(operations.map((operation) => [operation, apart]))) as this;
  }
}

class Shrinking extends NoteRepository {
  override within(...args: Parameters<NoteRepository['within']>): this {
    return Object.assign(super.within(...args), { get: undefined });
  }
}

/** What can be wrong with every operation. */
export const faultsOfAll: readonly Fault[] = [
  fault(
    'forgets the scope',
    /answers for a foreign row|makes no row of another tenant|in the scope, and counts|of the scope that match/,
    operations,
    ({ args: [, ...rest], call }) => call(everybodys, ...rest),
  ),
  fault('takes its own scope for what is none', /refuses what is no scope/, operations, ({ args, call }) => {
    const [scope, ...rest] = args;
    return call(scope === noteContract.theirs.scope ? scope : noteContract.mine.scope, ...rest);
  }),
  fault('lets callers change what it returns', /returns what nobody can change/, operations, async ({ args, call }) =>
    changeable(await call(...args)),
  ),
  fault('hears no options', /once its signal has aborted|unless it is told to include/, operations, (made) =>
    made.call(...made.args.slice(0, ARITY[made.operation] ?? 2)),
  ),
  {
    fault: 'stays outside of the dbSession that it is within',
    foundBy: /within a dbSession is undone|within a dbSession that only reads|within a dbSession sees/,
    repository: (database) => new Alone(database),
  },
  {
    fault: 'offers less within a dbSession',
    foundBy: /offers what it offers outside/,
    repository: (database) => new Shrinking(database),
  },
  {
    fault: 'has forgotten an operation',
    foundBy: /offers all standard operations/,
    repository: (database) => Object.assign(new NoteRepository(database), { restore: undefined }),
  },
];

function changeable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(changeable);
  return typeof value === 'object' && value !== null ? { ...value } : value;
}
