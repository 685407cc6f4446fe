import { type EntityOperations, entityOperations } from '@holdfast/base';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import type { EntitySchema } from 'typeorm';
import { CounterRow } from './counter-row.js';
import { EntryRow } from './entry-row.js';
import { PostingRow } from './posting-row.js';
import { RegisterRow } from './register-row.js';
import { VoucherRow } from './voucher-row.js';

export const entries = operationsOf<EntryRow, string>(EntryRow);
export const postings = operationsOf<PostingRow, string>(PostingRow);
export const counters = operationsOf<CounterRow, number>(CounterRow);
export const registers = operationsOf<RegisterRow, Pick<RegisterRow, 'worker' | 'slot'>>(RegisterRow);
export const vouchers = operationsOf<VoucherRow, Pick<VoucherRow, 'worker' | 'seq'>>(VoucherRow);

function operationsOf<Row extends object, Id>(entity: EntitySchema<Row>): EntityOperations<Row, Row, Id> {
  return entityOperations<Row, Row, Id>({
    entity,
    toData: (row) => row,
    notFound: () => new EntityNotFound('ledger', 'There is no such row in the ledger.'),
    alreadyExists: () => new EntityAlreadyExists('ledger'),
  });
}
