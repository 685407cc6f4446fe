import { statementsIn } from './statements-in.js';

/** A query of pg's own, as far as it shows what it is. */
export interface RunningQuery {
  readonly text?: unknown;
  readonly values?: unknown;
}

const mayChange = /set_config|temp/i;
const setsForTransaction = /^SET (LOCAL|TRANSACTION|CONSTRAINTS)\b/;
const makesTemporary = /^CREATE (OR REPLACE )?((LOCAL|GLOBAL) )?TEMP(ORARY)?\b|\bINTO ((LOCAL|GLOBAL) )?TEMP(ORARY)?\b/;
const makesInTemporarySchema = /^CREATE\b[^(]*\bPG_TEMP ?\./;
// Part of a table that is there, and gone with it.
const belongsToTable = /^CREATE (OR REPLACE )?((UNIQUE|CONSTRAINT) )?(INDEX|POLICY|RULE|TRIGGER)\b/;
const isDropped = /\bON COMMIT DROP\b/;

/**
 * Whether what the server has completed with this tag stays on the connection after its transaction. The tag decides
 * where it can; where it cannot, the text: it is the same for SET and SET LOCAL, and functions have none.
 */
export function changesSession(tag: string, { text, values }: RunningQuery): boolean {
  if (tag === 'RESET' || tag === 'LISTEN' || tag.startsWith('DISCARD')) return true;
  const sql = typeof text === 'string' ? text : '';
  if (tag === 'SET') {
    const settings = statementsIn(sql).filter((statement) => statement.startsWith('SET '));
    return settings.length === 0 || !settings.every((statement) => setsForTransaction.test(statement));
  }
  if (!mayChange.test(sql)) return false;
  return statementsIn(sql).some(
    (statement) =>
      (makesTemporary.test(statement) && !isDropped.test(statement)) ||
      (makesInTemporarySchema.test(statement) && !belongsToTable.test(statement)) ||
      configures(statement, Array.isArray(values) ? values : []),
  );
}

/** Whether a set_config(name, value, is_local) of the statement is not for the transaction alone, as far as it shows. */
function configures(statement: string, values: readonly unknown[]): boolean {
  for (const { 0: call, index } of statement.matchAll(/\bSET_CONFIG ?\(/g)) {
    const isLocal = lastArgument(statement, index + call.length);
    const parameter = /^\$(\d+)(::BOOL(EAN)?)?$/.exec(isLocal)?.[1];
    const value = parameter === undefined ? undefined : values[Number(parameter) - 1];
    if (!/^TRUE(::BOOL(EAN)?)?$/.test(isLocal) && value !== true && value !== 'true') return true;
  }
  return false;
}

/** The last argument of a call whose arguments begin at `start`. */
function lastArgument(statement: string, start: number): string {
  let depth = 0;
  let begin = start;
  for (let at = start; at < statement.length; at++) {
    const character = statement[at];
    if (character === ')' && depth-- === 0) return statement.slice(begin, at).trim();
    if (character === '(') depth++;
    else if (character === ',' && depth === 0) begin = at + 1;
  }
  return '';
}
