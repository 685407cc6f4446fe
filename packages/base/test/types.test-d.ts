// What must not compile of dbSessions; checked by `tsc -p tsconfig.json`. A line that compiles although it should not is an
// error too. What gets around the types is refused by PostgreSQL: `test/joined-manager.test.ts`, `test/sessions.test.ts`.

import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import {
  type Database,
  type DbReadSession,
  type DbWriteSession,
  entityOperations,
  type EntityDefinition,
  type ReadManager,
  type ReadQueryBuilder,
} from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';

declare const database: Database;
declare const reading: DbReadSession;
declare const writing: DbWriteSession;
const a = tenant('a');
const { manager } = reading;

// What is meant to compile: a session that writes does for one that reads, and so do its manager and its builders.
export const asReading: DbReadSession = writing;
export const asReadManager: ReadManager = writing.manager;
export const asReadBuilder: ReadQueryBuilder<ArticleRow> = writing.manager.createQueryBuilder(ArticleRow, 'a');
export const asTypeOrms: SelectQueryBuilder<ArticleRow> = manager.createQueryBuilder(ArticleRow, 'a');
export const found: Promise<ArticleRow[]> = manager
  .createQueryBuilder(ArticleRow, 'a')
  .where('a.rank > :rank', { rank: 1 })
  .andWhere('a.views > 0')
  .orderBy('a.id')
  .getMany();
await reading.execute(articles.get(a, 'id'));
await reading.sql<{ one: number }>`SELECT 1 AS one`;
await writing.execute(articles.create(a, article()));
await writing.manager.createQueryBuilder().insert().into(ArticleRow).execute();
await database.beginReadonlySession(({ manager }) => manager.find(ArticleRow), { separate: true, maxAttempts: 1 });
export const attempt: number = writing.attempt;

// @ts-expect-error a session that reads is none that writes
export const asWriting: DbWriteSession = reading;
// @ts-expect-error nor is its manager
export const asManager: EntityManager = manager;

// @ts-expect-error specs that write
await reading.execute(articles.create(a, article()));
// @ts-expect-error specs that write
await reading.execute(articles.update(a, 'id', { changes: { rank: 1 } }));
// @ts-expect-error specs that write
await reading.execute(articles.batchDelete(a, ['id']));
// @ts-expect-error what only a transaction that writes has
await reading.savepoint(() => Promise.resolve());
// @ts-expect-error what only a transaction that writes has
reading.afterCommit(() => {});
// @ts-expect-error what only a transaction that writes has
await reading.lock('name');

// @ts-expect-error TypeORM's writes
await manager.save(ArticleRow, {});
// @ts-expect-error TypeORM's writes
await manager.insert(ArticleRow, {});
// @ts-expect-error TypeORM's writes
await manager.update(ArticleRow, {}, {});
// @ts-expect-error TypeORM's writes
await manager.upsert(ArticleRow, {}, []);
// @ts-expect-error TypeORM's writes
await manager.delete(ArticleRow, {});
// @ts-expect-error TypeORM's writes
await manager.remove(ArticleRow, {});
// @ts-expect-error TypeORM's writes
await manager.softRemove(ArticleRow, {});
// @ts-expect-error TypeORM's writes
await manager.increment(ArticleRow, {}, 'rank', 1);
// @ts-expect-error TypeORM's writes
await manager.clear(ArticleRow);
// @ts-expect-error SQL that may write
await manager.query('DELETE FROM articles');
// @ts-expect-error transactions within
await manager.transaction(() => Promise.resolve());
// @ts-expect-error what leads to all of it
manager.getRepository(ArticleRow);
// @ts-expect-error what leads to all of it
void manager.queryRunner;

const builder = manager.createQueryBuilder(ArticleRow, 'a');
// @ts-expect-error builders that write
builder.insert();
// @ts-expect-error builders that write, at whichever place of a chain
builder.where('a.rank = 1').leftJoin('a.tags', 't').delete();
// @ts-expect-error builders that write
builder.update();
// @ts-expect-error builders that write
builder.update({ rank: 1 });
// @ts-expect-error builders that write
builder.update(ArticleRow, { rank: 1 });
// @ts-expect-error builders that write
builder.softDelete();
// @ts-expect-error builders that write
builder.restore();
// @ts-expect-error builders that write
builder.relation('tags');
// @ts-expect-error builders that write
manager.createQueryBuilder().insert();
// @ts-expect-error builders that write
manager.createQueryBuilder().update('articles');

// @ts-expect-error a text is no template
await writing.sql('DELETE FROM articles');
// @ts-expect-error an isolation that there is not
await database.beginSession(() => Promise.resolve(), { isolation: 'snapshot' });

// Soft deletion is for entities that have it.
declare const definition: Omit<EntityDefinition<ArticleRow, ArticleRow, string>, 'softDelete'>;
const hidden = entityOperations<ArticleRow, ArticleRow, string>({ ...definition, softDelete: 'deletedAt' });
await writing.execute(hidden.delete(a, 'id'));
await writing.execute(hidden.restore(a, 'id'));
await writing.execute(hidden.batchDelete(a, ['id']));
const kept = entityOperations<ArticleRow, ArticleRow, string>(definition);
await writing.execute(kept.purge(a, 'id'));
// @ts-expect-error nothing of the entity can be deleted
kept.delete(a, 'id');
// @ts-expect-error nor brought back
kept.restore(a, 'id');
// @ts-expect-error nor many of it
kept.batchDelete(a, ['id']);
