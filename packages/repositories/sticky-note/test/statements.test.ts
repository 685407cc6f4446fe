import * as runner from '@jest/globals';
import { describeStatements } from '@holdfast/testing';
import { stickyNoteEntities } from '../src/entities.js';
import { StickyNoteRepositories, StickyNoteRepository } from '../src/index.js';
import { stickyNoteMigrations } from '../src/migrations/index.js';
import { blue, inBlue, spec } from './fixture/sticky-notes.js';

describeStatements(runner, 'StickyNoteRepository', {
  tables: { entities: stickyNoteEntities, migrations: stickyNoteMigrations },
  repository: (database) => StickyNoteRepositories.create({ database }).repository,
  statements: StickyNoteRepository.statements,
  calls: {
    updateStatus: async ({ repository }, rows) => {
      const specs = Array.from({ length: rows }, () => spec(blue));
      const [created] = await repository.bulkCreate(inBlue, specs);
      return () => repository.updateStatus(inBlue, created!.id, 'ACTIVE');
    },
  },
});
