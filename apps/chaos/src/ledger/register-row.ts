import { EntitySchema } from 'typeorm';

/** A row that one worker updates and upserts. A trigger keeps each of its values in `ledger_changes`. */
export interface RegisterRow {
  worker: number;
  slot: number;
  seq: number;
  value: string;
}

export const RegisterRow = new EntitySchema<RegisterRow>({
  name: 'Register',
  tableName: 'ledger_registers',
  columns: {
    worker: { type: 'int', primary: true },
    slot: { type: 'int', primary: true },
    seq: { type: 'int' },
    value: { type: 'text' },
  },
});
