/** What a session is for. The values are the original's. */
export const SessionType = Object.freeze({
  INTERACTIVE: 'interactive',
  BATCH: 'batch',
  INFERENCE: 'inference',
  SYSTEM: 'system',
});

export type SessionType = (typeof SessionType)[keyof typeof SessionType];
