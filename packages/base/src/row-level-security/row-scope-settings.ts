import { Statement, type Step } from '../wire/statement.js';

/** Whose rows may be touched: JSON, for each scope by its name the values of its column, as the text of an array. */
export const SCOPE_SETTING = 'holdfast.scope';
/** `on` where everybody's rows may be. */
export const UNSCOPED_SETTING = 'holdfast.unscoped';

const setBoth = new Statement(
  `SELECT set_config('${SCOPE_SETTING}', $1::text, true), set_config('${UNSCOPED_SETTING}', $2::text, true)`,
  null,
);

/** Makes the rows of these scopes visible until the transaction ends or another of these steps follows, and no others. */
export function rowsOfScopes(scopes: Readonly<Record<string, string>>): Step {
  return { statement: setBoth, values: [JSON.stringify(scopes), ''] };
}

/** Makes the rows of all tenants visible, in the same way: for checks that must not depend on who asks. */
export const everybodysRows: Step = Object.freeze({ statement: setBoth, values: Object.freeze(['', 'on']) });

export const nobodysRows: Step = Object.freeze({ statement: setBoth, values: Object.freeze(['', '']) });

export function setsRowScope({ statement }: Step): boolean {
  return statement === setBoth;
}
