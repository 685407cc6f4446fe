import * as runner from '@jest/globals';
import { where } from '@holdfast/querier';
import { describeCaching } from '@holdfast/testing';
import { domainEntities } from '../src/entities.js';
import {
  type DomainInfo,
  DomainRepositories,
  type DomainRepository,
  type DomainRow,
  domainScope,
} from '../src/index.js';
import { domainMigrations } from '../src/migrations/index.js';
import { everybody, nobody, spec } from './fixture/domains.js';

const named = ({ name }: DomainInfo) => where<DomainRow>({ name: { eq: name } });
const change = { isActive: false };

describeCaching<DomainRepository, DomainRow, DomainInfo>(runner, 'DomainRepository', {
  tables: { entities: domainEntities, migrations: domainMigrations },
  repository: (parts) => DomainRepositories.create(parts).repository,
  create: (repository) => repository.create(everybody, spec({ totalResourceSlots: { cpu: '1.5' } as never })),
  mine: ({ name }) => domainScope(name),
  theirs: () => domainScope(nobody),
  reads: {
    get: (repository, scope, { name }, options) => repository.get(scope, name, options),
    find: (repository, scope, { name }, options) => repository.find(scope, name, options),
    getDomainIdByName: (repository, scope, { name }, options) => repository.getDomainIdByName(scope, name, options),
  },
  writes: {
    update: { write: (repository, { name }) => repository.update(everybody, name, change) },
    delete: { write: (repository, { name }) => repository.delete(everybody, name) },
    restore: {
      prepare: (repository, { name }) => repository.delete(everybody, name),
      write: (repository, { name }) => repository.restore(everybody, name),
    },
    purge: { write: (repository, { name }) => repository.purge(everybody, name) },
    batchUpdate: { write: (repository, domain) => repository.batchUpdate(everybody, named(domain), change) },
    batchDelete: { write: (repository, { name }) => repository.batchDelete(everybody, [name]) },
    batchPurge: { write: (repository, domain) => repository.batchPurge(everybody, named(domain)) },
    // Takes it from the one that was the default.
    setDefault: {
      prepare: (repository, { name }) => repository.setDefault(everybody, name),
      write: async (repository) => {
        const { name } = await repository.create(everybody, spec());
        await repository.setDefault(everybody, name);
      },
    },
  },
  others: [
    'create',
    'bulkCreate',
    'bulkCreatePartial',
    'loadMany',
    'search',
    'count',
    'getDomainById',
    'findDefaultDomain',
  ],
});
