import { Misuse } from '@holdfast/errors';
import type { IoredisClient, IoredisCluster, IoredisOptions } from './ioredis-client.js';

/** Refuses settings under which commands wait for ever, are made twice, or are answered by a replica. */
export function checkIoredis(client: IoredisClient | IoredisCluster): void {
  if (client.listenerCount('error') === 0) {
    throw new Misuse('The client of ioredis has no listener of "error": log what it tells.');
  }
  if ('nodes' in client) checkCluster(client);
  else checkClient(client.options);
}

function checkClient({ enableOfflineQueue, ...options }: IoredisOptions): void {
  mustBe(enableOfflineQueue === false, 'enableOfflineQueue: false', 'commands wait while Redis is away');
  checkConnections(options);
}

function checkConnections({ autoResendUnfulfilledCommands, maxRetriesPerRequest, readOnly }: IoredisOptions): void {
  mustBe(
    autoResendUnfulfilledCommands === false,
    'autoResendUnfulfilledCommands: false',
    'commands that were executed are made again',
  );
  mustBe(maxRetriesPerRequest === 0, 'maxRetriesPerRequest: 0', 'commands of a lost connection are never answered');
  mustBe(readOnly !== true, 'readOnly: false', 'replicas answer what is no longer true');
}

function checkCluster({ options }: IoredisCluster): void {
  mustBe(options.enableOfflineQueue === false, 'enableOfflineQueue: false', 'commands wait while Redis is away');
  mustBe(options.retryDelayOnFailover === 0, 'retryDelayOnFailover: 0', 'commands that were executed are made again');
  mustBe(options.scaleReads === 'master', "scaleReads: 'master'", 'replicas answer what is no longer true');
  checkConnections(options.redisOptions ?? {});
}

function mustBe(holds: boolean, setting: string, otherwise: string): void {
  if (!holds) throw new Misuse(`The client of ioredis needs ${setting}: otherwise ${otherwise}.`);
}
