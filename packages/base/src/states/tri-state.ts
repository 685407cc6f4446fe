import { type State, stateBrand } from './state.js';

/** A change that sets a value, sets NULL, or leaves the column alone. */
export interface TriState<Value> extends State {
  readonly kind: 'update' | 'nullify' | 'nop';
  readonly value: Value | null;
}

const nop: TriState<never> = Object.freeze({ [stateBrand]: true, kind: 'nop', value: null });
const nullify: TriState<never> = Object.freeze({ [stateBrand]: true, kind: 'nullify', value: null });

/** Makes TriStates: `update(value)`, `nullify()`, `nop()`, or from a value as requests give it. */
export const TriState = Object.freeze({
  update: <Value>(value: NonNullable<Value>): TriState<Value> =>
    Object.freeze({ [stateBrand]: true, kind: 'update', value }),
  nullify: <Value>(): TriState<Value> => nullify,
  nop: <Value>(): TriState<Value> => nop,
  /** undefined leaves the column alone, null sets NULL. */
  fromOptional: <Value>(value: Value | null | undefined): TriState<Value> =>
    value === undefined ? nop : value === null ? nullify : TriState.update<Value>(value),
});
