import { isState } from '@holdfast/base';

/**
 * A change whose members are checked where they set a value, and come in the form in which that is stored; null counts as
 * one: `checkedChange(update, { requestedSlots: resourceSlot })`. A check throws `InvalidInput` for its pointer.
 */
export function checkedChange<Change extends object>(
  change: Change,
  checks: { readonly [Property in keyof Change]?: (value: never, pointer: string) => unknown },
): Change {
  const checked: Record<string, unknown> = {};
  for (const [property, check] of Object.entries(checks)) {
    const given: unknown = change[property as keyof Change];
    if (given === undefined || (isState(given) && given.kind !== 'update')) continue;
    const value = (check as (value: unknown, pointer: string) => unknown)(
      isState(given) ? given.value : given,
      `/${property}`,
    );
    checked[property] = isState(given) ? Object.freeze({ ...given, value }) : value;
  }
  return { ...change, ...checked };
}
