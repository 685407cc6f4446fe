import { EntitySchema } from 'typeorm';
import type { BookRow } from './book-row.js';

export interface ShelfRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  /** Unique among the tenant's. */
  readonly code: string;
  readonly note: string | null;
  readonly width: number;
  readonly deletedAt: Date | null;
  /** Books that say that they stand here, whoever they belong to. */
  readonly books: readonly BookRow[];
}

export const ShelfRow = new EntitySchema<ShelfRow>({
  name: 'Shelf',
  tableName: 'shelves',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    name: { type: 'text' },
    code: { type: 'text' },
    note: { type: 'text', nullable: true },
    width: { type: 'int', default: 1 },
    deletedAt: { type: 'timestamptz', name: 'deleted_at', deleteDate: true, nullable: true },
  },
  relations: { books: { type: 'one-to-many', target: 'Book', inverseSide: 'shelf' } },
  uniques: [
    { name: 'shelves_code_key', columns: ['tenant', 'code'] },
    { name: 'shelves_owner_key', columns: ['tenant', 'id'] },
  ],
});
