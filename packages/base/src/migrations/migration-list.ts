import type { MigrationInterface } from 'typeorm';

/** TypeORM migrations as classes: their names end in the 13 digits of their timestamp, as TypeORM asks for. */
export type MigrationList = readonly (new () => MigrationInterface)[];
