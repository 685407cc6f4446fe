import { Database, guardedPool } from '@holdfast/base';
import { domainName } from '@holdfast/domain-types';
import { batchQuerier } from '@holdfast/querier';
import {
  domainScope,
  StickyNoteConditions,
  StickyNoteRepositories,
  type StickyNoteRow,
} from '@holdfast/sticky-note-repository';
import { stickyNoteEntities } from '@holdfast/sticky-note-repository/entities';
import { stickyNoteMigrations } from '@holdfast/sticky-note-repository/migrations';
import { DataSource } from 'typeorm';

const url = process.env['DATABASE_URL'] ?? 'postgres://localhost/holdfast';
const dataSource = new DataSource({ type: 'postgres', url, entities: [...stickyNoteEntities], ...guardedPool() });
await dataSource.initialize();
const database = new Database(dataSource);
await database.migrate(stickyNoteMigrations);
const { repository } = StickyNoteRepositories.create({ database });

const research = domainScope(domainName('research'));
const { id } = await repository.create(research, { name: 'first' });
await repository.create(research, { name: 'second' });
await repository.updateStatus(research, id, 'ACTIVE');

const { items } = await repository.search(
  research,
  batchQuerier<StickyNoteRow>({
    conditions: [StickyNoteConditions.statusIn(['ACTIVE'])],
    pagination: { limit: 10, offset: 0 },
  }),
);
for (const { name, status, domainName: domain } of items) console.log(name, status, domain);

await database.close();
await dataSource.destroy();
