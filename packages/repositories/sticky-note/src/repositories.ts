import type { StandardRepositoryArgs } from '@holdfast/standard-repository';
import { StickyNoteDbSource } from './sticky-note-db-source.js';
import { StickyNoteRepository } from './sticky-note-repository.js';

/** Puts the parts of this package together: `StickyNoteRepositories.create({ database }).repository`. */
export class StickyNoteRepositories {
  readonly repository: StickyNoteRepository;

  private constructor(repository: StickyNoteRepository) {
    this.repository = repository;
  }

  static create({ database, conflictChecks, resilience }: StandardRepositoryArgs): StickyNoteRepositories {
    const dbSource = new StickyNoteDbSource(database, { conflictChecks });
    return new StickyNoteRepositories(new StickyNoteRepository({ dbSource, resilience }));
  }
}
