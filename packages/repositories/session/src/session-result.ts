/** How a batch session ended. The values are the original's. */
export const SessionResult = Object.freeze({
  SUCCESS: 'success',
  FAILURE: 'failure',
});

export type SessionResult = (typeof SessionResult)[keyof typeof SessionResult];
