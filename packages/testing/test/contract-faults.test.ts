import { describe, expect, it } from '@jest/globals';
import { repositoryCases } from '@holdfast/testing';
import { faultsOfAll } from './notes/faults/faults-of-all.js';
import { faultsOfBatches } from './notes/faults/faults-of-batches.js';
import { faultsOfChanges } from './notes/faults/faults-of-changes.js';
import { faultsOfCreation } from './notes/faults/faults-of-creation.js';
import { faultsOfDeletion } from './notes/faults/faults-of-deletion.js';
import { faultsOfReads } from './notes/faults/faults-of-reads.js';
import { faultsOfSearch } from './notes/faults/faults-of-search.js';
import { faultsOfStatements } from './notes/faults/faults-of-statements.js';
import { faultsOfUpserts } from './notes/faults/faults-of-upserts.js';
import { noteContract } from './notes/note-contract.js';

const faults = [
  ...faultsOfAll,
  ...faultsOfCreation,
  ...faultsOfReads,
  ...faultsOfSearch,
  ...faultsOfChanges,
  ...faultsOfDeletion,
  ...faultsOfBatches,
  ...faultsOfUpserts,
  ...faultsOfStatements,
];

describe('a repository that', () => {
  it.each(faults.map((each) => [`${each.fault} (${each.foundBy.source})`, each] as const))(
    '%s is found out',
    async (_name, { repository, foundBy }) => {
      const { cases, close } = repositoryCases({ ...noteContract, repository });
      const asked = cases.filter(({ title }) => foundBy.test(title));
      const passed: string[] = [];
      for (const { title, run } of asked) {
        await run().then(
          () => passed.push(title),
          () => {},
        );
      }
      await close();

      expect(asked).not.toEqual([]);
      expect(passed).toEqual([]);
    },
  );
});

describe('every case', () => {
  it('is failed by one of these faults', () => {
    const titles = repositoryCases(noteContract).cases.map(({ title }) => title);

    expect(titles.filter((title) => !faults.some(({ foundBy }) => foundBy.test(title)))).toEqual([]);
  });
});
