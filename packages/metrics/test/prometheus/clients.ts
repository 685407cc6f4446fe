import { createRequire } from 'node:module';
import * as promClient from 'prom-client';

/** What the tests use of a client for Prometheus. */
export type Client = Pick<
  typeof promClient,
  'AggregatorRegistry' | 'Counter' | 'Gauge' | 'Histogram' | 'openMetricsContentType' | 'Registry'
>;

// It asks for Node 22, so that it is no dependency of this workspace. Jest looks for it along NODE_PATH too.
const successor = '@prometheus-io/client';

/** The clients whose registries are tried: prom-client, and its successor where that is installed. */
export const clients: readonly (readonly [string, Client])[] = [['prom-client', promClient], ...foundSuccessor()];

function foundSuccessor(): readonly (readonly [string, Client])[] {
  try {
    const { ClusterRegistry, ...client } = createRequire(__filename)(successor) as Client & {
      readonly ClusterRegistry: Client['AggregatorRegistry'];
    };
    return [[successor, { ...client, AggregatorRegistry: ClusterRegistry }]];
  } catch (error) {
    const [reason] = String(error).split('\n');
    process.stderr.write(`Left out: the pages of ${successor}, which asks for Node 22 (${reason ?? ''}).\n`);
    return [];
  }
}
