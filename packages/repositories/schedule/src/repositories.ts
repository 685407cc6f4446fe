import type { RepositoryArgs } from '@holdfast/standard-repository';
import { ScheduleDbSource } from './schedule-db-source.js';
import { ScheduleRepository } from './schedule-repository.js';

/** Puts the parts of this package together: `ScheduleRepositories.create({ database }).repository`. */
export class ScheduleRepositories {
  readonly repository: ScheduleRepository;

  private constructor(repository: ScheduleRepository) {
    this.repository = repository;
  }

  static create({ database, ...rest }: RepositoryArgs): ScheduleRepositories {
    return new ScheduleRepositories(new ScheduleRepository({ dbSource: new ScheduleDbSource(database), ...rest }));
  }
}
