import type { OpenContender } from '../contender.js';
import { openHoldfast } from './holdfast.js';
import { openPg } from './pg.js';
import { openPgOneStatement } from './pg-one-statement.js';
import { openTypeorm, openTypeormTransaction } from './typeorm.js';

/** The contender that all others are compared with. */
export const REFERENCE = 'pg';
/** Ours. */
export const OURS = 'holdfast';
/** What transactions are compared with besides. */
export const TRANSACTION = 'typeorm-transaction';

/** Takes part in `costs` alone: see `openSockets`. */
export const SOCKETS = 'sockets';

/** Those that are always there, and how they are opened. */
export const contenders: Readonly<Record<string, OpenContender>> = {
  [REFERENCE]: openPg,
  'pg-one-statement': openPgOneStatement,
  [OURS]: openHoldfast,
  typeorm: openTypeorm,
  [TRANSACTION]: openTypeormTransaction,
};

/** Those of the project `peers`, which may not be installed. */
export const PEERS: readonly string[] = ['postgres-js', 'drizzle-prepared', 'kysely', 'mikro-orm', 'prisma'];
