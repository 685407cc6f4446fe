import { type Changes, entityOperations, UniqueViolation } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound, InvalidInput } from '@holdfast/errors';
import { Resilience } from '@holdfast/resilience';
import { upsertingDbSource } from '@holdfast/standard-repository';
import { NoteRow } from './note-row.js';

/** What a note is made from. */
export interface NoteSpec {
  readonly team?: string;
  readonly title: string;
  readonly color?: string | null;
}

export type Note = Readonly<NoteRow>;
export type NoteChange = Changes<Pick<NoteRow, 'title' | 'color'>>;

const notes = entityOperations<NoteRow, Note, string>({
  entity: NoteRow,
  toData: (row) => row,
  notFound: (id) => new EntityNotFound('note', `There is no note ${id}.`),
  alreadyExists: () => new EntityAlreadyExists('note'),
  softDelete: 'deletedAt',
  conflictTarget: { columns: ['team', 'title'] },
  integrityErrorChecks: [
    {
      violation: UniqueViolation,
      constraint: 'notes_title_key',
      error: (violation) => new EntityAlreadyExists('note', undefined, violation),
    },
  ],
});

const valuesOf = ({ team, title, color = null }: NoteSpec) => ({
  values: { title, color, ...(team !== undefined && { team }) },
});

function checked(change: NoteChange): { readonly changes: NoteChange } {
  const stray = Object.keys(change).find((property) => property !== 'title' && property !== 'color');
  if (stray !== undefined) throw new InvalidInput('UNKNOWN_FIELD', `${stray} cannot be changed.`, `/${stray}`);
  return { changes: change };
}

const resilience = new Resilience({ policies: [] });

/** The standard operations, sound, without a repository in front of them. */
export class NoteRepository extends upsertingDbSource(resilience, {
  operations: notes,
  creator: valuesOf,
  updater: checked,
  upsert: {},
}) {}
