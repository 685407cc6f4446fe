/** The demo is for this machine alone: its access keys are printed and always the same. */
export const HOST = '127.0.0.1';
