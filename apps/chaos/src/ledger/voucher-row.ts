import { EntitySchema } from 'typeorm';

/** A row that is there for one write to purge it. */
export interface VoucherRow {
  worker: number;
  seq: number;
  value: string;
}

export const VoucherRow = new EntitySchema<VoucherRow>({
  name: 'Voucher',
  tableName: 'ledger_vouchers',
  columns: {
    worker: { type: 'int', primary: true },
    seq: { type: 'int', primary: true },
    value: { type: 'text' },
  },
});
