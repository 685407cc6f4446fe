// What must not compile of projections, aggregations and streams, and the types that compile; checked by `tsc -p tsconfig.json`.

import { type BatchQuerier, count, max, min, type Page, sum } from '@holdfast/querier';
import type { Database, ReadSpec, RowStream } from '../src/index.js';
import type { ArticleRow } from './fixture/article-row.js';
import { type Article, articles, tenant } from './fixture/articles.js';

declare const database: Database;
declare const querier: BatchQuerier<ArticleRow>;
const a = tenant('a');

export const some: ReadSpec<Page<{ readonly title: string; readonly price: string | null }>> = articles.project(
  a,
  ['title', 'price'],
  querier,
);
// @ts-expect-error a column that there is not
articles.project(a, ['nothing'], querier);
// @ts-expect-error a column that was not asked for
export const other: ReadSpec<Page<{ readonly rank: number }>> = articles.project(a, ['title'], querier);

export const whole: RowStream<Article> = database.stream(articles.stream(a));
export const titles: RowStream<{ readonly title: string }> = database.stream(articles.streamColumns(a, ['title']));
// @ts-expect-error a specification of a page is none of a stream
database.stream(articles.search(a, querier));
// @ts-expect-error and the other way round
await database.execute(articles.stream(a));

const [group] = await database.execute(
  articles.aggregate(a, {
    groupBy: ['mood'],
    select: { rows: count(), views: sum('views'), ranks: sum('rank'), day: min('day'), last: max('createdAt') },
    having: [{ rows: { gte: 2 }, mood: { eq: 'glad' } }],
    orders: [{ by: 'last' }, { by: 'mood' }],
  }),
);
export const mood: 'glad' | 'sad' | null = group!.mood;
export const rows: number = group!.rows;
export const sums: readonly (string | null)[] = [group!.views, group!.ranks];
export const extremes: readonly [string | null, Date | null] = [group!.day, group!.last];
// @ts-expect-error there may be no value
export const last: Date = group!.last;

// @ts-expect-error the sum of documents
articles.aggregate(a, { select: { no: sum('facts') } });
// @ts-expect-error the sum of lists
articles.aggregate(a, { select: { no: sum('scores') } });
// @ts-expect-error the sum of times
articles.aggregate(a, { select: { no: sum('createdAt') } });
// @ts-expect-error a column that there is not
articles.aggregate(a, { select: { no: max('nothing') } });
// @ts-expect-error groups by a document
articles.aggregate(a, { groupBy: ['facts'], select: {} });
// @ts-expect-error a group has no such column
articles.aggregate(a, { groupBy: ['mood'], select: { rows: count() }, having: [{ rank: { eq: 1 } }] });
// @ts-expect-error nor one to be ordered by
articles.aggregate(a, { groupBy: ['mood'], select: { rows: count() }, orders: [{ by: 'rank' }] });
// @ts-expect-error without a scope
articles.aggregate(undefined, { select: { rows: count() } });
