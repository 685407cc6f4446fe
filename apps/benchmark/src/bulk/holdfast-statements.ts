import type { BulkCreator } from './bulk-task.js';
import { openJobDatabase } from './job-database.js';
import { jobOperations, jobScope, specsOf } from './job-operations.js';
import { areFew, piecesOf } from './pieces-of.js';

/** Ours where COPY is not used: a bulk of what one statement takes, or several of them in one transaction. */
export async function openHoldfastStatements(url: string): Promise<BulkCreator> {
  const { database, close } = await openJobDatabase(url);
  const bulk = (jobs: Parameters<typeof specsOf>[0]) =>
    jobOperations.bulkCreate(jobScope, [...specsOf(jobs)], { returning: 'count' });
  return {
    async create(jobs) {
      if (areFew(jobs)) return (await database.execute(bulk(jobs))).count;
      return database.beginSession(async (dbSession) => {
        let all = 0;
        for (const piece of piecesOf(jobs)) all += (await dbSession.execute(bulk(piece))).count;
        return all;
      });
    },
    close,
  };
}
