import type { OpenContender, OperationName } from '../contender.js';
import { openHoldfast, openHoldfastOneTrip, openHoldfastTransaction } from './holdfast.js';
import { openPg } from './pg.js';
import { openPgTransaction } from './pg-transaction.js';

/** The contender that all others are compared with. */
export const REFERENCE = 'pg';

/** What transactions are compared with besides, where they take part. */
export const TRANSACTION = 'pg-transaction';

export const contenders: Readonly<Record<string, OpenContender>> = {
  pg: openPg,
  [TRANSACTION]: openPgTransaction,
  holdfast: openHoldfast,
  'holdfast-one-trip': openHoldfastOneTrip,
  'holdfast-transaction': openHoldfastTransaction,
};

/** Who takes part in which operation. */
export const lines: Readonly<Record<OperationName, readonly string[]>> = {
  get: [REFERENCE, 'holdfast'],
  search: [REFERENCE, 'holdfast'],
  create: [REFERENCE, 'holdfast'],
  update: [REFERENCE, TRANSACTION, 'holdfast', 'holdfast-one-trip', 'holdfast-transaction'],
};

export const OPERATIONS = Object.keys(lines) as readonly OperationName[];
