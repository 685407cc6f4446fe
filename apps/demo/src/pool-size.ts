/** Most connections to the database at a time. */
export const POOL_SIZE = 10;
