import { Statement, type Step } from './statement.js';

/** What values are written and read in (PostgreSQL 53.2.6): parameters that the server reports when they change. */
const ours: ReadonlyMap<string, RegExp> = new Map([
  ['DateStyle', /^ISO\b/],
  ['IntervalStyle', /^postgres$/],
  ['client_encoding', /^UTF-?8$/],
  ['standard_conforming_strings', /^on$/],
  // Not reported; asked for where we did not begin the connection ourselves.
  ['extra_float_digits', /^[1-3]$/],
]);

const setOurs = new Statement(
  `SELECT set_config('DateStyle', 'ISO', true), set_config('IntervalStyle', 'postgres', true), ` +
    `set_config('client_encoding', 'UTF8', true), set_config('standard_conforming_strings', 'on', true), ` +
    `set_config('extra_float_digits', '1', true)`,
  null,
);

/** What one connection is set to, as far as values depend on it. */
export class SessionParameters {
  readonly #foreign = new Set<string>();

  /** Whether somebody has set the connection so that our values would be taken for others. */
  get areForeign(): boolean {
    return this.#foreign.size > 0;
  }

  report(name: string, value: string): void {
    const own = ours.get(name);
    if (own === undefined) return;
    if (own.test(value)) this.#foreign.delete(name);
    else this.#foreign.add(name);
  }
}

/** The names of what to ask a connection for that somebody else began. */
export const askedParameters: readonly string[] = [...ours.keys()];

const ascii = /^[\0-\x7f]*$/;

/**
 * The same steps with our parameters set right in front of the first one that carries values, for their transaction
 * only: BEGIN must come before, and COMMIT and ROLLBACK must come alone.
 */
export function withOwnParameters(steps: readonly Step[]): readonly Step[] {
  const first = steps.findIndex(
    ({ statement, values }) => values.length > 0 || statement.format !== null || !ascii.test(statement.sql),
  );
  if (first === -1) return steps;
  return [...steps.slice(0, first), { statement: setOurs, values: [] }, ...steps.slice(first)];
}
