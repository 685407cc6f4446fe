/** What a run may be about: two levels that keep what they promise, and two that must not. */
export const LEVELS = ['L1', 'L3', 'naive', 'give-up'] as const;

export type LevelName = (typeof LEVELS)[number];
