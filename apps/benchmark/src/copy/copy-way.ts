/** A way to store new rows that are only counted. */
export interface CopyWay {
  /** Of its process. */
  readonly name: string;
  readonly label: string;
  /** The way it is compared with: statements by the same library. */
  readonly statements: string | null;
  /** The fewest rows that go this way. */
  readonly fewest: number;
}

export const COPY_WAYS: readonly CopyWay[] = [
  { name: 'holdfast-statements', label: 'holdfast, statements', statements: null, fewest: 0 },
  // Up to a statement's rows it is the same.
  { name: 'holdfast', label: 'holdfast, COPY', statements: 'holdfast-statements', fewest: 1_001 },
  { name: 'pg-statements', label: 'pg, statements', statements: null, fewest: 0 },
  { name: 'pg-copy', label: 'pg, COPY', statements: 'pg-statements', fewest: 0 },
  { name: 'pg-asked-copy', label: 'pg, COPY when asked first', statements: 'pg-statements', fewest: 0 },
];
