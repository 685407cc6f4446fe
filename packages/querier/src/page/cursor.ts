declare const brand: unique symbol;

/** Where a row stands in an order: opaque, signed, and good only for the query that it came from. */
export type Cursor = string & { readonly [brand]: 'Cursor' };
