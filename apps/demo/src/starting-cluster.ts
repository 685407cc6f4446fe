import type { ClusterRecords } from './cluster-records.js';
import type { Configuration } from './configuration.js';
import { readTrace } from './import/read-trace.js';
import { traceCluster } from './import/trace-cluster.js';
import { syntheticCluster } from './synthetic/synthetic-cluster.js';
import { openbTenants } from './tenants/openb-tenants.js';
import { syntheticTenants } from './tenants/synthetic-tenants.js';

/** What the database is to be filled with: the trace, read and checked whole, or the synthetic cluster. */
export async function startingCluster(
  configuration: Configuration,
  report: (line: string) => void,
): Promise<ClusterRecords> {
  const { trace: files, skipBadLines } = configuration;
  if (files === null) return syntheticCluster(syntheticTenants);
  return traceCluster(await readTrace(files, { skipBadLines, report }), openbTenants);
}
