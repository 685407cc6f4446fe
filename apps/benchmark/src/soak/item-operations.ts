import { entityOperations } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import type { Jsonb } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import type { Item } from './item-table.js';

export type ItemRow = Omit<Item, 'details'> & { readonly details: Jsonb<Item['details']> };

export const ItemRow = new EntitySchema<ItemRow>({
  name: 'Item',
  tableName: 'items',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    name: { type: 'text' },
    status: { type: 'text' },
    uses: { type: 'integer', default: 0 },
    labels: { type: 'text', array: true },
    details: { type: 'jsonb' },
    created_at: { type: 'timestamptz', createDate: true },
    updated_at: { type: 'timestamptz', updateDate: true },
    deleted_at: { type: 'timestamptz', deleteDate: true, nullable: true },
    version: { type: 'integer', version: true },
  },
});

export const itemOperations = entityOperations<ItemRow, Item, string>({
  entity: ItemRow,
  toData: (row) => row,
  notFound: (id) => new EntityNotFound('item', `There is no item ${id}.`),
  alreadyExists: () => new EntityAlreadyExists('item'),
  softDelete: 'deleted_at',
});
