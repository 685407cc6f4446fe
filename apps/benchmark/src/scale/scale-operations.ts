import { entityOperations, type EntityOperations } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { EntitySchema } from 'typeorm';
import type { Row } from '../contenders/session-operations.js';
import type { SessionRow } from '../session-table.js';
import { tableOf } from './scale-table.js';

/** The entity of a table of so many rows, and its standard operations. */
export function scaleOperations(rows: number): {
  readonly entity: EntitySchema<Row>;
  readonly operations: EntityOperations<Row, SessionRow, string>;
} {
  const entity = new EntitySchema<Row>({
    name: `Session${rows}`,
    tableName: tableOf(rows),
    columns: {
      id: { type: 'uuid', primary: true },
      tenant: { type: 'text' },
      name: { type: 'text' },
      status: { type: 'text' },
      access_key: { type: 'text' },
      requested_slots: { type: 'jsonb' },
      created_at: { type: 'timestamptz', createDate: true },
      updated_at: { type: 'timestamptz', updateDate: true },
      deleted_at: { type: 'timestamptz', deleteDate: true, nullable: true },
    },
  });
  const operations = entityOperations<Row, SessionRow, string>({
    entity,
    toData: (row) => row,
    notFound: (id) => new EntityNotFound('session', `There is no session ${id}.`),
    alreadyExists: () => new EntityAlreadyExists('session'),
    softDelete: 'deleted_at',
  });
  return { entity, operations };
}
