import { type CreatorSpec, entityOperations } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import type { Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import type { SessionRow } from '../session-table.js';

export type Row = Omit<SessionRow, 'requested_slots'> & {
  readonly requested_slots: Jsonb<Readonly<Record<string, string>>>;
};

export const Row = new EntitySchema<Row>({
  name: 'Session',
  tableName: 'sessions',
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

/** What rows are made of; what the scope says need not be given. */
export type SessionValues = CreatorSpec<Row>['values'];

export const sessions = entityOperations<Row, SessionRow, string>({
  entity: Row,
  toData: ({ id, tenant, name, status, access_key, requested_slots, created_at, updated_at, deleted_at }) => ({
    id,
    tenant,
    name,
    status,
    access_key,
    requested_slots,
    created_at,
    updated_at,
    deleted_at,
  }),
  notFound: (id) => new EntityNotFound('session', `There is no session ${id}.`),
  alreadyExists: () => new EntityAlreadyExists('session'),
  softDelete: 'deleted_at',
});
