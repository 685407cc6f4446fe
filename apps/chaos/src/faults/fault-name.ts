/** What happens to the answer of a COMMIT, or of a statement that commits itself, on its way. */
export const NETWORK_FAULTS = [
  'cutBefore',
  'resetBefore',
  'cutAfter',
  'resetAfter',
  'holdBefore',
  'holdAfter',
  'clientCutServerHold',
  'delay',
] as const;

/** What happens to the server, or to the pool. */
export const SERVER_FAULTS = ['terminate', 'killBackend', 'killServer', 'rollingRestart', 'poolExhaustion'] as const;

export const FAULTS = [...NETWORK_FAULTS, ...SERVER_FAULTS] as const;

export type NetworkFault = (typeof NETWORK_FAULTS)[number];
export type ServerFault = (typeof SERVER_FAULTS)[number];
export type FaultName = (typeof FAULTS)[number];
