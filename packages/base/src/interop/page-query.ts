import type { EntityShape, PageStatement } from '@holdfast/querier';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { MatchingRows } from './matching-rows.js';
import type { SqlInserts } from './sql-inserts.js';

/**
 * The page and what the builder joins to it, as one statement; makes the builder ready to read its rows. The builder's own
 * text would fail for want of the page: never is it sent by itself.
 */
export function pageQuery<Row extends ObjectLiteral>(
  builder: SelectQueryBuilder<Row>,
  { primaryKey }: EntityShape,
  statement: PageStatement,
  matching: MatchingRows | null,
  inserts: SqlInserts,
): [text: string, values: unknown[]] {
  const { expressionMap: map, dataSource } = builder;
  const alias = builder.escape(builder.alias);
  map.wheres = [];
  // Keys are read even where the builder selects other columns only.
  map.queryEntity = true;
  builder.innerJoin('#page', '#page', primaryKey.map(({ sql }) => `"#page".${sql} = ${alias}.${sql}`).join(' AND '));
  // First, so that everything else is joined to the page.
  map.joinAttributes.unshift(map.joinAttributes.pop()!);
  builder.addSelect('"#page"."#n"', '#n');
  privateNames(statement).forEach((name) => builder.addSelect(`"#page"."${name}"`, name));
  // Else TypeORM would sort by what the entity says.
  builder.setOption('disable-global-order');

  const page = matching === null ? statement.sql : statement.sql.replaceAll(matching.name, '"#matching"');
  const ctes = [
    ...(matching === null ? [] : [`"#matching" AS NOT MATERIALIZED (${matching.query})`]),
    `"#page" AS (SELECT p.*, row_number() OVER (ORDER BY ${statement.order}) AS "#n" FROM (${inserts.add(page, statement.values)}) p)`,
  ];
  // Numbers come even with a page that is empty.
  const numbers = statement.leads.map((name) => `"#${name}"`).join(', ');
  const leads = numbers === '' ? '' : `(SELECT ${numbers} FROM "#page" LIMIT 1) l LEFT JOIN `;
  const text =
    `WITH ${ctes.join(', ')} SELECT * FROM ${leads}(${builder.getQuery()}) r` +
    `${numbers === '' ? '' : ' ON TRUE'} ORDER BY "#n"`;
  return inserts.into(...dataSource.driver.escapeQueryWithParameters(text, builder.getParameters()));
}

/** The columns of a page that only cursors are made of. */
export function privateNames({ keys, extra }: PageStatement): readonly string[] {
  const rendered = extra.slice(extra.length - keys.length);
  return rendered.map(({ property }) => property.slice(1, -1));
}
