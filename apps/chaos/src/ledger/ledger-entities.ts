import { CounterRow } from './counter-row.js';
import { EntryRow } from './entry-row.js';
import { PostingRow } from './posting-row.js';
import { RegisterRow } from './register-row.js';
import { VoucherRow } from './voucher-row.js';

export const ledgerEntities = [EntryRow, PostingRow, CounterRow, RegisterRow, VoucherRow];
