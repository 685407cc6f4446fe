/** When the synthetic cluster began to be used. A fixed moment, so that every start makes the same cluster. */
export const SYNTHETIC_BEGINNING = new Date('2026-03-02T08:00:00Z');
