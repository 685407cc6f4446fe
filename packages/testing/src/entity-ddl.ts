import { DataSource, type DataSourceOptions } from 'typeorm';
import type { TestEntity } from './test-entity.js';

/** The statements that make the tables of some entities, and those that undo it, each in the order of running. */
export interface EntityDdl {
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** The tables' names as SQL writes them. */
  readonly tables: readonly string[];
}

/** Asks TypeORM how it would make the tables of `entities` where `options` point, and makes nothing. */
export async function entityDdl(options: DataSourceOptions, entities: readonly TestEntity[]): Promise<EntityDdl> {
  const dataSource = new DataSource({
    ...options,
    entities: [...entities],
    synchronize: false,
    dropSchema: false,
    migrationsRun: false,
  });
  await dataSource.initialize();
  try {
    const { upQueries, downQueries } = await dataSource.driver.createSchemaBuilder().log();
    // Tables go with `work`; what TypeORM notes of their generated columns, for later migrations, is of no use.
    const notes = dataSource.driver.escape(dataSource.metadataTableName);
    const isTables = ({ query }: { readonly query: string }): boolean => !query.includes(notes);
    return {
      up: upQueries.filter(isTables).map(({ query }) => query),
      down: downQueries
        .filter(isTables)
        .map(({ query }) => query)
        .reverse(),
      tables: dataSource.entityMetadatas.map(({ tablePath }) =>
        dataSource.driver.escape(tablePath).replaceAll('.', '"."'),
      ),
    };
  } finally {
    await dataSource.destroy();
  }
}
