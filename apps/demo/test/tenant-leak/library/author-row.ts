import { EntitySchema } from 'typeorm';

export interface AuthorRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
}

export const AuthorRow = new EntitySchema<AuthorRow>({
  name: 'Author',
  tableName: 'authors',
  columns: { id: { type: 'uuid', primary: true }, tenant: { type: 'text' }, name: { type: 'text' } },
});
