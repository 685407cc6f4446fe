import { type State, stateBrand } from './state.js';

/** A change that sets a time column to the time of the transaction, by the database's clock. */
export interface DatabaseTime extends State {
  readonly kind: 'now';
}

/** `{ changes: { statusChangedAt: databaseTime } }`: one clock for all, whatever the clocks of the services say. */
export const databaseTime: DatabaseTime = Object.freeze({ [stateBrand]: true, kind: 'now', value: null });
