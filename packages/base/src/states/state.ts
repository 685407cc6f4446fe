/** Marks our states, for what a change says to be told from a value. */
export const stateBrand: unique symbol = Symbol('state');

/** What a state says of a column. */
export interface State {
  readonly [stateBrand]: boolean;
  readonly kind: 'update' | 'nullify' | 'nop' | 'now';
  readonly value: unknown;
}

/** Whether a member of a change is a state of ours, not a value itself. */
export function isState(value: unknown): value is State {
  return typeof value === 'object' && value !== null && (value as Partial<State>)[stateBrand] === true;
}
