/** Whose a share is: all levels, in the order in which they decide. */
export const FAIR_SHARE_LEVELS = Object.freeze(['domain', 'project', 'user'] as const);

/** Whose a share is. */
export type FairShareLevel = (typeof FAIR_SHARE_LEVELS)[number];
