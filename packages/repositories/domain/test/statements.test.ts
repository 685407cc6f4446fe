import * as runner from '@jest/globals';
import { describeStatements } from '@holdfast/testing';
import { domainEntities } from '../src/entities.js';
import { type DomainInfo, DomainRepositories, DomainRepository } from '../src/index.js';
import { domainMigrations } from '../src/migrations/index.js';
import { everybody, spec } from './fixture/domains.js';

/** So many domains, the first of which is the default; the last of them. */
async function lastOf(repository: DomainRepository, rows: number): Promise<DomainInfo> {
  const domains = await repository.bulkCreate(
    everybody,
    Array.from({ length: rows }, () => spec()),
  );
  await repository.setDefault(everybody, domains[0]!.name);
  return domains.at(-1)!;
}

describeStatements(runner, 'DomainRepository', {
  tables: { entities: domainEntities, migrations: domainMigrations },
  repository: (database) => DomainRepositories.create({ database }).repository,
  statements: DomainRepository.statements,
  calls: {
    getDomainById: async ({ repository }, rows) => {
      const { id } = await lastOf(repository, rows);
      return () => repository.getDomainById(everybody, id);
    },
    getDomainIdByName: async ({ repository }, rows) => {
      const { name } = await lastOf(repository, rows);
      return () => repository.getDomainIdByName(everybody, name);
    },
    findDefaultDomain: async ({ repository }, rows) => {
      await lastOf(repository, rows);
      return () => repository.findDefaultDomain(everybody);
    },
    setDefault: async ({ repository }, rows) => {
      const { name } = await lastOf(repository, rows);
      return () => repository.setDefault(everybody, name);
    },
  },
});
