import { type ColumnShape, columnType } from '@holdfast/querier';
import type { RowSink } from '../wire/row-sink.js';
import { Statement } from '../wire/statement.js';
import type { Incarnation } from './incarnation.js';

/** By what one transaction can be asked after from another connection. */
export interface TransactionIdentity {
  /** Of 64 bits, as text (`xid8`, PostgreSQL 9.28.8). */
  readonly transactionId: string;
  /** The server process that the transaction runs in. */
  readonly processId: number;
  /** The life of the server that the id belongs to; null where it is not known. */
  readonly incarnation: Incarnation | null;
}

const columns: readonly ColumnShape[] = [
  { property: 'transactionId', sql: 'id', type: columnType('text'), nullable: false },
  { property: 'processId', sql: 'process', type: columnType('integer'), nullable: false },
];

/** Gives the transaction that it runs in an id, and asks for it. Refused (25006) by a server that only follows another one. */
export const askTransactionId = new Statement('SELECT pg_current_xact_id()::text AS id, pg_backend_pid() AS process', {
  columns,
  extra: [],
  keys: [],
  leads: 0,
});

/** The answer to it; null while there is none. */
export function transactionIn({ rows }: RowSink): Omit<TransactionIdentity, 'incarnation'> | null {
  return (rows[0] as Omit<TransactionIdentity, 'incarnation'> | undefined) ?? null;
}
