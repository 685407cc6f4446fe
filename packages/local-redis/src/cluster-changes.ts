import type { RedisServer } from './redis-server.js';
import { untilReady } from './until-ready.js';

/** Makes a replica of a cluster the primary of its slots, whether its primary is there or not. Resolves when it is one. */
export async function takeOver(replica: RedisServer): Promise<void> {
  await replica.command('CLUSTER', 'FAILOVER', 'TAKEOVER');
  await untilReady(async () => String(await replica.command('INFO', 'replication')).includes('role:master'));
}

export interface SlotMove {
  readonly slot: number;
  readonly from: RedisServer;
  readonly to: RedisServer;
}

/** Moves a slot of a cluster, with all that is in it, from the primary that has it to another one. */
export async function moveSlot({ slot, from, to }: SlotMove): Promise<void> {
  const [source, target] = [await from.command('CLUSTER', 'MYID'), await to.command('CLUSTER', 'MYID')].map(String);
  await to.command('CLUSTER', 'SETSLOT', slot, 'IMPORTING', source!);
  await from.command('CLUSTER', 'SETSLOT', slot, 'MIGRATING', target!);
  for (;;) {
    const keys = (await from.command('CLUSTER', 'GETKEYSINSLOT', slot, 100)) as readonly string[];
    if (keys.length === 0) break;
    await from.command('MIGRATE', to.host, to.port, '', 0, 5_000, 'REPLACE', 'KEYS', ...keys);
  }
  for (const node of [to, from]) await node.command('CLUSTER', 'SETSLOT', slot, 'NODE', target!);
}
