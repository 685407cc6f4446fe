import type { NoteRepository } from './notes-under-test.js';

export type Operation = Exclude<keyof NoteRepository, 'within'>;
export type Args = readonly unknown[];

/** A call that was made of a sound repository. */
export interface Made {
  readonly operation: Operation;
  readonly args: Args;
  readonly sound: NoteRepository;
  /** Makes it as it is, or with other arguments. */
  call(...args: Args): Promise<unknown>;
}

/** Does a call otherwise than it should be done. */
export type Otherwise = (made: Made) => Promise<unknown>;

/** A repository some of whose operations are done otherwise, within a dbSession, too. */
export function wrapped(sound: NoteRepository, wrong: Partial<Record<Operation, Otherwise>>): NoteRepository {
  return new Proxy(sound, {
    get(_, name) {
      if (name === 'within') {
        return (...args: Parameters<NoteRepository['within']>) => wrapped(sound.within(...args), wrong);
      }
      const operation = name as Operation;
      const call = (...args: Args): Promise<unknown> =>
        Reflect.apply(sound[operation], sound, args) as Promise<unknown>;
      const { [operation]: otherwise = ({ args }: Made) => call(...args) } = wrong;
      return async (...args: Args) => otherwise({ operation, args, sound, call });
    },
  });
}
