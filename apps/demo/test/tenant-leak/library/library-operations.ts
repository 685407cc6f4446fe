import { entityOperations, UniqueViolation } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import type { EntitySchema } from 'typeorm';
import { BookRow, ShelfRow } from './library-rows.js';

interface LibraryRow {
  readonly id: string;
  readonly deletedAt: Date | null;
}

/** The standard operations of an entity of the library. */
const operationsOf = <Row extends LibraryRow>(entity: EntitySchema<Row>, name: string) =>
  entityOperations<Row, object, string>({
    entity,
    toData: (row) => ({ ...row }),
    notFound: (id) => new EntityNotFound('generic', `No ${name} ${id}.`),
    alreadyExists: () => new EntityAlreadyExists('generic', `There is such a ${name}.`),
    softDelete: 'deletedAt' as never,
    integrityErrorChecks: [
      {
        violation: UniqueViolation,
        constraint: `${name === 'book' ? 'books' : 'shelves'}_code_key`,
        error: (violation) => new EntityAlreadyExists('generic', 'This code is taken.', violation),
      },
    ],
  });

export const books = operationsOf(BookRow, 'book');
export const shelves = operationsOf(ShelfRow, 'shelf');
