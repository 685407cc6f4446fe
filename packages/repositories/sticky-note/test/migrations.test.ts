import * as runner from '@jest/globals';
import { describeMigrations } from '@holdfast/testing';
import { stickyNoteEntities } from '../src/entities.js';
import { stickyNoteMigrations } from '../src/migrations/index.js';

describeMigrations(runner, 'the migrations of sticky notes', {
  entities: stickyNoteEntities,
  migrations: stickyNoteMigrations,
});
