/**
 * The scalars that searches are written with, to stand once in a schema. Their values are checked by `parseGraphql`, so that
 * resolvers of their own are not needed: where there are some, they may give texts, and for `DateTime` a Date.
 */
export const graphqlScalars = `"A point in time: RFC 3339 with its offset, up to microseconds."
scalar DateTime @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc3339")

"A day: 2024-02-29."
scalar Date

"A time of day without offset: 12:30:15."
scalar Time

"A UUID in hexadecimal digits."
scalar UUID @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc9562")

"A whole number of 64 bits: as text where it is beyond 2^53."
scalar BigInt

"A decimal number, as text."
scalar Decimal

"Any JSON value."
scalar JSON @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc8259")
`;
