import { EntitySchema } from 'typeorm';

/** What a post leaves for each counter that it raises; never changed. */
export interface PostingRow {
  id: string;
  worker: number;
  seq: number;
  counter: number;
  value: string;
}

export const PostingRow = new EntitySchema<PostingRow>({
  name: 'Posting',
  tableName: 'ledger_postings',
  columns: {
    id: { type: 'uuid', primary: true },
    worker: { type: 'int' },
    seq: { type: 'int' },
    counter: { type: 'int' },
    value: { type: 'text' },
  },
});
