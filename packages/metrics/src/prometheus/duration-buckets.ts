/** Upper bounds in seconds: Backend.AI's from 1 ms on, and finer ones below for reads that a cache answers. */
export const DURATION_BUCKETS: readonly number[] = [0.0001, 0.00025, 0.0005, 0.001, 0.01, 0.1, 0.5, 1, 2, 5, 10, 30];
