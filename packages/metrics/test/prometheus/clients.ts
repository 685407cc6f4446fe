import * as successor from '@prometheus-io/client';
import * as promClient from 'prom-client';

/** What the tests use of a client for Prometheus. */
export type Client = Pick<
  typeof promClient,
  'AggregatorRegistry' | 'Counter' | 'Gauge' | 'Histogram' | 'openMetricsContentType' | 'Registry'
>;

const { ClusterRegistry, ...rest } = successor;

/** The clients whose registries are tried: prom-client, and the one that it was renamed to. */
export const clients: readonly (readonly [string, Client])[] = [
  ['prom-client', promClient],
  // Its classes have private parts of their own, and are told apart by types that mean the same.
  ['@prometheus-io/client', { ...rest, AggregatorRegistry: ClusterRegistry } as unknown as Client],
];
