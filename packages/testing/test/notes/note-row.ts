import { EntitySchema } from 'typeorm';

export interface NoteRow {
  id: string;
  team: string;
  title: string;
  color: string | null;
  version: number;
  deletedAt: Date | null;
}

export const NoteRow = new EntitySchema<NoteRow>({
  name: 'Note',
  tableName: 'notes',
  columns: {
    id: { type: 'uuid', primary: true },
    team: { type: 'text' },
    title: { type: 'text' },
    color: { type: 'text', nullable: true },
    version: { type: 'int', version: true },
    deletedAt: { type: 'timestamptz', deleteDate: true, nullable: true },
  },
  uniques: [{ name: 'notes_title_key', columns: ['team', 'title'] }],
});
