// What the faces of a field set are for the compiler; checked by `tsc -p tsconfig.json`.

import type { StandardSchemaV1 } from '@standard-schema/spec';
import { type BatchQuerier, fields, type FieldSet, graphqlSearchTypes, openApiParameters } from '../src/index.js';
import { authorFields, type AuthorRow, bookFields, type BookRow } from './fixture/shelf.js';

// Standard Schema: ours is one, and says what comes in and what comes out.
export const parameters: StandardSchemaV1 = bookFields.searchParameters;
export const body: StandardSchemaV1 = bookFields.searchBody;
type Output = StandardSchemaV1.InferOutput<typeof bookFields.searchBody>;
type Input = StandardSchemaV1.InferInput<typeof bookFields.searchBody>;
export const output = (value: Output): BatchQuerier<BookRow> => value;
export const input: Input = { filter: { title: { eq: 'x' } }, order: ['-title'], first: 5 };
// @ts-expect-error of another row
export const other = (value: Output): BatchQuerier<AuthorRow> => value;
// @ts-expect-error a page has a number of rows
export const odd: Input = { first: '5' };

// Field sets are of their row.
// @ts-expect-error of another row
export const wrong: FieldSet<BookRow> = authorFields;
graphqlSearchTypes(bookFields, { name: 'Book' });
// @ts-expect-error a place is needed
openApiParameters(bookFields);

// Definitions.
fields<BookRow>({ price: { type: 'decimal', operators: ['lt', 'isNull'], order: 'author.name', selected: false } });
// @ts-expect-error an operator of texts
fields<BookRow>({ price: { type: 'decimal', operators: ['contains'] } });
// @ts-expect-error an operator of documents
fields<BookRow>({ title: { type: 'text', operators: ['hasKey'] } });
// @ts-expect-error values of a number
fields<BookRow>({ cost: { type: 'number', values: ['1'] } });
// @ts-expect-error nothing to order by
fields<BookRow>({ title: { type: 'text', order: 'author.title' } });
// @ts-expect-error a column is no relation
fields<BookRow>({ title: { relation: 'title', operators: ['is'], fields: () => authorFields } });
// @ts-expect-error a relation to one row
fields<BookRow>({ author: { relation: 'author', operators: ['some'], fields: () => authorFields } });
// @ts-expect-error a relation to many
fields<AuthorRow>({ books: { relation: 'books', operators: ['is'], fields: () => bookFields } });
// @ts-expect-error the fields of another row
fields<BookRow>({ author: { relation: 'author', operators: ['is'], fields: () => bookFields } });
// @ts-expect-error there is no such limit
fields<BookRow>({}, { maxDeep: 1 });
