import type { OptionalState, TriState } from '@holdfast/base';

/** What a property is changed to; undefined where it is left. */
export function changedValue<Value extends string | boolean>(
  change: Value | null | undefined | OptionalState<Value> | TriState<Value>,
): Value | null | undefined {
  if (typeof change !== 'object' || change === null) return change;
  return change.kind === 'nop' ? undefined : change.value;
}
