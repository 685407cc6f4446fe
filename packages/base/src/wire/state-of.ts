import type { EventEmitter } from 'node:events';
import type pg from 'pg';
import { ConnectionState } from './connection-state.js';
import { GuardedClient } from './guarded-client.js';

const stock = new WeakMap<object, ConnectionState>();

/** What is known of a client's connection. A client that is not ours is listened to from the first time on. */
export function stateOf(client: pg.ClientBase): ConnectionState {
  if (client instanceof GuardedClient) return client.wire.state;
  let state = stock.get(client);
  if (state === undefined) {
    state = new ConnectionState();
    stock.set(client, state);
    listen(client, state);
  }
  return state;
}

interface ParameterStatus {
  readonly parameterName: string;
  readonly parameterValue: string;
}

function listen(client: pg.ClientBase, state: ConnectionState): void {
  const { connection } = client as { readonly connection?: EventEmitter };
  connection?.on('commandComplete', () => void state.commands++);
  connection?.on('parameterStatus', ({ parameterName, parameterValue }: ParameterStatus) =>
    state.parameters.report(parameterName, parameterValue),
  );
}
