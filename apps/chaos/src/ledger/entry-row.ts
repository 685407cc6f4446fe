import { EntitySchema } from 'typeorm';

/** What a create leaves. Nothing but its id is unique, so that a write that was made twice is there twice. */
export interface EntryRow {
  id: string;
  worker: number;
  seq: number;
  value: string;
}

export const EntryRow = new EntitySchema<EntryRow>({
  name: 'Entry',
  tableName: 'ledger_entries',
  columns: {
    id: { type: 'uuid', primary: true },
    worker: { type: 'int' },
    seq: { type: 'int' },
    value: { type: 'text' },
  },
});
