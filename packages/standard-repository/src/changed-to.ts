import { isState, type OptionalState, type TriState } from '@holdfast/base';

/** What a property is changed to, by itself or by the state that says it; undefined where it is left. */
export function changedTo<Value>(
  change: Value | OptionalState<Value> | TriState<Value> | null | undefined,
): Value | null | undefined {
  if (!isState(change)) return change as Value | null | undefined;
  return change.kind === 'nop' ? undefined : (change.value as Value | null);
}
