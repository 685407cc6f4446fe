import type { Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';

export interface AuthorRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
}

export const AuthorRow = new EntitySchema<AuthorRow>({
  name: 'Author',
  tableName: 'authors',
  columns: { id: { type: 'uuid', primary: true }, tenant: { type: 'text' }, name: { type: 'text' } },
});

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

/** A row with relations of every kind. Most have no foreign key: data of long ago may lead to anybody's rows. */
export interface BookRow {
  readonly id: string;
  readonly tenant: string;
  readonly title: string;
  /** Unique among the tenant's. */
  readonly code: string;
  readonly blurb: string | null;
  readonly pages: number;
  readonly tags: readonly string[];
  readonly facts: Jsonb<Record<string, unknown>>;
  readonly shelfId: string | null;
  readonly homeId: string | null;
  readonly sequelOfId: string | null;
  readonly deletedAt: Date | null;
  readonly version: number;
  readonly shelf: ShelfRow | null;
  /** Of the same tenant, by its foreign key; when it goes, its books go. */
  readonly home: ShelfRow | null;
  readonly sequelOf: BookRow | null;
  readonly sequels: readonly BookRow[];
  readonly authors: readonly AuthorRow[];
}

const anybodys = { createForeignKeyConstraints: false, nullable: true } as const;

export const BookRow = new EntitySchema<BookRow>({
  name: 'Book',
  tableName: 'books',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    title: { type: 'text' },
    code: { type: 'text' },
    blurb: { type: 'text', nullable: true },
    pages: { type: 'int' },
    tags: { type: 'text', array: true },
    facts: { type: 'jsonb' },
    shelfId: { type: 'uuid', name: 'shelf_id', nullable: true },
    homeId: { type: 'uuid', name: 'home_id', nullable: true },
    sequelOfId: { type: 'uuid', name: 'sequel_of_id', nullable: true },
    deletedAt: { type: 'timestamptz', name: 'deleted_at', deleteDate: true, nullable: true },
    version: { type: 'int', version: true },
  },
  relations: {
    shelf: { type: 'many-to-one', target: 'Shelf', joinColumn: { name: 'shelf_id' }, ...anybodys },
    home: {
      type: 'many-to-one',
      target: 'Shelf',
      onDelete: 'CASCADE',
      joinColumn: [
        { name: 'tenant', referencedColumnName: 'tenant' },
        { name: 'home_id', referencedColumnName: 'id' },
      ],
    },
    sequelOf: { type: 'many-to-one', target: 'Book', joinColumn: { name: 'sequel_of_id' }, ...anybodys },
    sequels: { type: 'one-to-many', target: 'Book', inverseSide: 'sequelOf' },
    authors: {
      type: 'many-to-many',
      target: 'Author',
      createForeignKeyConstraints: false,
      joinTable: {
        name: 'book_authors',
        joinColumn: { name: 'book_id', referencedColumnName: 'id' },
        inverseJoinColumn: { name: 'author_id', referencedColumnName: 'id' },
      },
    },
  },
  uniques: [{ name: 'books_code_key', columns: ['tenant', 'code'] }],
});
