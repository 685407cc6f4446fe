import type { Branded } from './branded.js';
import { nameText } from './name-text.js';

/** The name of a scaling group: the agents that a session may be scheduled on. */
export type ScalingGroupName = Branded<string, 'ScalingGroupName'>;

/** Checks a name by the rule of `nameText`. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function scalingGroupName(text: string, pointer = 'scalingGroupName'): ScalingGroupName {
  return nameText(text, 'scaling group name', pointer) as ScalingGroupName;
}
