/** How the delay between attempts grows: not at all, or twofold each time. */
export const BackoffStrategy = { FIXED: 'fixed', EXPONENTIAL: 'exponential' } as const;

export type BackoffStrategy = (typeof BackoffStrategy)[keyof typeof BackoffStrategy];
