/** What a group is for. The values are the original's. */
export const GroupType = Object.freeze({
  GENERAL: 'general',
  /** Keeps models that others make services of. */
  MODEL_STORE: 'model-store',
});

export type GroupType = (typeof GroupType)[keyof typeof GroupType];

export const GROUP_TYPES: readonly GroupType[] = Object.freeze(Object.values(GroupType));
