import { nameText } from '@holdfast/domain-types';

/** Checks the name of a group by the rule of `nameText`. Throws `InvalidInput` (`INVALID_ID`). */
export function groupName(text: string, pointer = '/name'): string {
  return nameText(text, 'group name', pointer);
}
