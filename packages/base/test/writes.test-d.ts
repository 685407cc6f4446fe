// What must not compile of writes; checked by `tsc -p tsconfig.json`. A line that compiles although it should not is an error
// too.

import type { Database, DbReadSession } from '../src/index.js';
import type { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';

declare const database: Database;
declare const reading: DbReadSession;
const a = tenant('a');
const changes = { rank: 1 };

export const counted: { readonly count: number } = await database.execute(
  articles.bulkCreate(a, [article()], { returning: 'count' }),
);
export const stored: readonly ArticleRow[] = await database.execute(articles.bulkCreate(a, [article()]));
articles.update(a, 'id', { changes, expectedVersion: 1 });
articles.bulkUpdate(a, [{ id: 'id', changes, expectedVersion: 1 }]);

// @ts-expect-error a condition is what it expects
articles.updateIf(a, 'id', {}, { changes, expectedVersion: 1 });
// @ts-expect-error many rows have many versions
articles.batchUpdate(a, ['id'], { changes, expectedVersion: 1 });
// @ts-expect-error a lock is a write
await reading.execute(articles.get(a, 'id', { lock: 'share' }));
// @ts-expect-error a count is no list
export const listed: readonly ArticleRow[] = await database.execute(
  articles.bulkCreate(a, [article()], { returning: 'count' }),
);
