import type { Allowlist } from '../field.js';
import { type GraphqlSearchArgs, hasOrder } from './graphql-search-types.js';

/**
 * The arguments of a search in the schema definition language, for
 * `sessions(${graphqlSearchArguments(sessionFields, { name: 'Session' })}): SessionConnection!`.
 */
export function graphqlSearchArguments(allowlist: Allowlist, { name }: GraphqlSearchArgs): string {
  return [
    `filter: ${name}Filter`,
    ...(hasOrder(allowlist) ? [`order: [${name}Order!]`] : []),
    'first: Int',
    'after: String',
    'last: Int',
    'before: String',
    'limit: Int',
    'offset: Int',
    'total: SearchTotal',
  ].join(', ');
}
