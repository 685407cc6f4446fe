/** The table of the curves that do not vary its size. */
export const MIDDLE_SIZE = 1_000_000;

/** The numbers of rows of the tables. */
export const SCALE_SIZES: readonly number[] = [10_000, MIDDLE_SIZE, 10_000_000];
