import { Statement, type Step } from '../wire/statement.js';

/** The statements of one cursor (PostgreSQL 41.7, DECLARE). Each comes with a name of its own and is not kept prepared. */
export interface Cursor {
  readonly declare: Step;
  readonly fetch: Step;
  readonly close: Step;
}

/** A cursor of a query, which reads as many rows at a time. */
export function cursorOf({ statement, values }: Step, number: number, partitionSize: number): Cursor {
  const name = `holdfast_${number}`;
  const { sql, format, entity } = statement;
  const step = (text: string, given: Step['values'], rows: Statement['format']): Step => ({
    statement: new Statement(text, rows, entity, false),
    values: given,
  });
  return {
    declare: step(`DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`, values, null),
    fetch: step(`FETCH FORWARD ${partitionSize} FROM ${name}`, [], format),
    close: step(`CLOSE ${name}`, [], null),
  };
}
