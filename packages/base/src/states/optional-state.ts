import { type State, stateBrand } from './state.js';

/** A change that either sets a value or leaves the column alone. */
export interface OptionalState<Value> extends State {
  readonly kind: 'update' | 'nop';
  readonly value: Value | null;
}

const nop: OptionalState<never> = Object.freeze({ [stateBrand]: true, kind: 'nop', value: null });

/** Makes OptionalStates: `update(value)`, `nop()`, or from a value that may be absent. */
export const OptionalState = Object.freeze({
  update: <Value>(value: NonNullable<Value>): OptionalState<Value> =>
    Object.freeze({ [stateBrand]: true, kind: 'update', value }),
  nop: <Value>(): OptionalState<Value> => nop,
  /** undefined and null leave the column alone. */
  fromNullable: <Value>(value: Value | null | undefined): OptionalState<Value> =>
    value === null || value === undefined ? nop : OptionalState.update<Value>(value),
});
