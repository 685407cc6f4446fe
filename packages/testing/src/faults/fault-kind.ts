/**
 * Every kind of fault there is. *The message* is the one that the fault is aimed at, e.g. a COMMIT.
 *
 * - `cutBefore`, `resetBefore`: the message does not reach the server; both sides see the end (FIN) or a reset (RST).
 * - `cutAfter`, `resetAfter`: the server has answered the message; the answer is dropped, and both sides see the same.
 * - `holdBefore`: the message and everything after it is swallowed in both directions, and both sockets stay open.
 * - `holdAfter`: the same from the answer on.
 * - `clientCutServerHold`: the message does not reach the server; the client sees the end, the server nothing.
 * - `dropToServer`: from the message on nothing reaches the server any more; what it says still reaches the client.
 * - `dropToClient`: from the answer on nothing reaches the client any more; what it says still reaches the server.
 * - `delay`: the message, its answer, or both arrive late.
 */
export const faultKinds = [
  'cutBefore',
  'resetBefore',
  'cutAfter',
  'resetAfter',
  'holdBefore',
  'holdAfter',
  'clientCutServerHold',
  'dropToServer',
  'dropToClient',
  'delay',
] as const;

/** What can go wrong between a client and the server; see `faultKinds`. */
export type FaultKind = (typeof faultKinds)[number];
