/** The types that the searches of all entities share, to stand once in a schema. */
export const graphqlPageTypes = `enum OrderDirection {
  ASC
  DESC
}

"Where NULLs stand. Without one they are last when ascending, and first when descending."
enum NullPlacement {
  FIRST
  LAST
}

"How to count what matches in all: exactly, or up to a number."
input SearchTotal {
  exact: Boolean
  atMost: Int
}

"Operators on what stands in a JSON document at a path of keys and positions."
input JsonPathOperators {
  path: [JSON!]!
  eq: JSON
  ne: JSON
  in: [JSON]
  notIn: [JSON]
  lt: JSON
  lte: JSON
  gt: JSON
  gte: JSON
  exists: Boolean
}

type PageInfo {
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
  endCursor: String
}
`;
