import type { SqlWriter } from '../entity/sql-writer.js';
import type { CheckedPagination } from '../page/pagination.js';

/** A LIMIT is part of the shape: for a parameter the planner would assume a tenth of the table. */
export function limitClause(pagination: CheckedPagination, writer: SqlWriter): string {
  if ('noPagination' in pagination) return '';
  if ('limit' in pagination) {
    const offset = pagination.offset === 0 ? '' : ` OFFSET ${writer.text(String(pagination.offset), 'int8')}`;
    return ` LIMIT ${pagination.limit + 1}${offset}`;
  }
  return ` LIMIT ${('first' in pagination ? pagination.first : pagination.last) + 1}`;
}
