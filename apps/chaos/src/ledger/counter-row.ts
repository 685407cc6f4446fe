import { EntitySchema } from 'typeorm';

/** One of the few rows that all workers update. */
export interface CounterRow {
  id: number;
  total: number;
}

export const CounterRow = new EntitySchema<CounterRow>({
  name: 'Counter',
  tableName: 'ledger_counters',
  columns: { id: { type: 'int', primary: true }, total: { type: 'int' } },
});
