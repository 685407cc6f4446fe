import type { IoredisAsking, IoredisCluster } from './ioredis-client.js';

/**
 * Nobody in ioredis waits for the answer to ASKING, which a Cluster sends while a slot moves: where the connection is lost
 * meanwhile, the rejection would end the process. The command that it was sent for is rejected all the same.
 */
export function handleAsking(cluster: IoredisCluster): void {
  for (const node of cluster.nodes('all')) handle(node as IoredisAsking);
  cluster.on('+node', (node) => handle(node as IoredisAsking));
}

function handle(node: IoredisAsking): void {
  const asking = node.asking.bind(node);
  node.asking = (...args) => {
    const answer = asking(...args);
    answer.catch(() => {});
    return answer;
  };
}
