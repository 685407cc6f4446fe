import { Misuse } from '@holdfast/errors';
import { statementsIn } from '../wire/statements-in.js';

const mayControl = /\b(?:begin|start|commit|end|abort|rollback|prepare)\b/i;
const controls =
  /^(?:BEGIN|START TRANSACTION|COMMIT|END|ABORT|PREPARE TRANSACTION|ROLLBACK(?! (?:(?:WORK|TRANSACTION) )?TO\b))\b/;

/**
 * Throws Misuse for SQL that ends the transaction of a dbSession, or that begins another one behind its back (`AND CHAIN`,
 * `COMMIT; BEGIN`), which nobody could tell from the one that it stands for. Nothing of it is sent.
 */
export function refuseTransactionControl(query: unknown): void {
  const sql = typeof query === 'object' && query !== null ? (query as { readonly text?: unknown }).text : query;
  if (typeof sql !== 'string' || !mayControl.test(sql)) return;
  const statements = statementsIn(sql);
  // The body of a function ends with an END of its own.
  if (statements.some((statement) => statement.includes('BEGIN ATOMIC'))) return;
  const found = statements.find((statement) => controls.test(statement));
  if (found === undefined) return;
  throw new Misuse(
    `${controls.exec(found)![0]} is not for SQL within a dbSession, which begins and ends its transaction.`,
  );
}
