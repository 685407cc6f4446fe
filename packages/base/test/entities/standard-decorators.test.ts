import { unscoped } from '@holdfast/querier';
import { expect, it } from '@jest/globals';
import { Column, Entity, EntitySchema } from 'typeorm';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase } from '../fixture/test-database.js';

const described: string[] = [];
function notice(_value: unknown, { name }: { readonly name: string | symbol | undefined }): void {
  described.push(String(name));
}

@notice
class Note {
  @notice
  readonly id!: number;

  @notice
  readonly text!: string;

  get length(): number {
    return this.text.length;
  }
}
const NoteSchema = new EntitySchema<Note>({
  name: 'Note',
  target: Note,
  columns: { id: { type: 'int', primary: true }, text: { type: 'text' } },
});

it('a class with standard decorators is an entity by the EntitySchema whose target it is', async () => {
  const test = await testDatabase([NoteSchema]);
  const all = unscoped('a test');

  for (const [id, entity] of [Note, NoteSchema, 'Note'].entries()) {
    const notes = operationsOf<Note, number>(entity as typeof Note);
    const created = await test.database.execute(notes.create(all, { values: { id, text: 'hello' } }));
    expect(created).toEqual({ id, text: 'hello' });
  }

  expect(described).toEqual(['id', 'text', 'Note']);
  await test.close();
});

it('the decorators of TypeORM itself are legacy ones: as standard decorators they throw or know no table', () => {
  const column = Column('text') as unknown as (value: undefined, context: object) => void;

  expect(() => {
    column(undefined, { kind: 'field', name: 'text' });
  }).toThrow(TypeError);
  // A class decorator is called alike in both.
  expect(() => {
    (Entity() as (value: unknown, context: object) => void)(class Late {}, { kind: 'class', name: 'Late' });
  }).not.toThrow();
});
