import type { Database, DbWriteSession } from '@holdfast/base';
import { batchQuerier, unscoped } from '@holdfast/querier';
import type { ClusterRecords } from './cluster-records.js';
import type { Repositories } from './repositories.js';
import { untilUnlocked } from './until-unlocked.js';

const CHUNK = 1_000;
/** Any number that nobody else takes: two demos on one database fill it one after the other. */
const FILLING_LOCK = 8_152_152_3;

const whole = unscoped('the demo fills its database');

/**
 * Stores a cluster, whole or not at all, and tells how far it is. Returns false, and stores nothing, where the database
 * holds sessions or agents already.
 */
export async function fillCluster(
  database: Database,
  repositories: Repositories,
  records: ClusterRecords,
  onProgress: (done: number) => void,
): Promise<boolean> {
  const fill = async (dbSession: DbWriteSession): Promise<boolean> => {
    await dbSession.sql`SELECT pg_advisory_xact_lock(${FILLING_LOCK})`;
    const sessions = repositories.sessions.within(dbSession);
    const agents = repositories.agents.within(dbSession);
    const any = { pagination: { first: 1 } };
    const firstSession = await sessions.search(whole, batchQuerier(any), { includeDeleted: true });
    const firstAgent = await agents.search(whole, batchQuerier(any), { includeDeleted: true });
    if (firstSession.items.length + firstAgent.items.length > 0) return false;

    let done = 0;
    onProgress(done);
    for (const chunk of chunksOf(records.agents)) {
      await agents.bulkCreate(whole, chunk);
      onProgress((done += chunk.length));
    }
    for (const chunk of chunksOf(records.sessions)) {
      await sessions.bulkCreateWithKernels(whole, chunk);
      onProgress((done += chunk.length));
    }
    return true;
  };
  return untilUnlocked(() => database.beginSession(fill));
}

function* chunksOf<Item>(items: readonly Item[]): Iterable<readonly Item[]> {
  for (let start = 0; start < items.length; start += CHUNK) yield items.slice(start, start + CHUNK);
}
