import { describe, expect, it } from '@jest/globals';
import { conditionToSql, entityShape, type QueryCondition, unscoped } from '../src/index.js';
import { noteShape } from './fixture/note-shape.js';
import { refusal } from './fixture/refusal.js';

describe('the shape of an entity without TypeORM', () => {
  interface Row {
    readonly id: string;
    readonly name: string | null;
    readonly tags: readonly string[];
  }
  const id = { type: 'uuid', primary: true } as const;
  const name = { type: 'text', nullable: true } as const;
  const tags = { type: 'text', array: true } as const;
  const mood = { type: 'enum', enum: 'mood' } as const;
  const junction = { table: 'row_notes', own: { id: 'row_id' }, behind: { id: 'note_id' } };
  const shape = (args: object) => () =>
    entityShape<Row>({ name: 'Row', table: 'rows', columns: { id, name, tags }, ...args });

  it('quotes what it is given', () => {
    const { table, list, columns } = shape({
      table: 'a"b',
      schema: 'x.y',
      columns: { id, name: { ...name, column: 'Na"me' }, tags },
    })();

    expect([table, list]).toEqual(['"x.y"."a""b"', '"id", "Na""me", "tags"']);
    expect(columns.get('tags')!.type).toMatchObject({ sql: 'text', array: true });
  });

  it.each([
    ['no name', { name: '' }],
    ['no table', { table: '' }],
    ['a table of a name that would be cut off', { table: 'x'.repeat(64) }],
    ['no primary key', { columns: { id: { type: 'uuid' }, name, tags } }],
    ['a key that may be NULL', { columns: { id: { ...id, nullable: true }, name, tags } }],
    ['a type that is not known', { columns: { id, name: { type: 'hstore' }, tags } }],
    ['an enum without a type', { columns: { id, name: { type: 'enum' }, tags } }],
    ['an enum with two types', { columns: { id, name: { type: 'text', enum: 'mood' }, tags } }],
    ['an enum whose type is more than a name', { columns: { id, name: { type: 'enum', enum: 'a); --' }, tags } }],
    ['labels of a text', { columns: { id, name: { ...name, labels: ['x'] }, tags } }],
    ['an enum of no label', { columns: { id, name: { ...name, ...mood, labels: [] }, tags } }],
    ['an enum of a label twice', { columns: { id, name: { ...name, ...mood, labels: ['x', 'x'] }, tags } }],
    ['an enum of what is no text', { columns: { id, name: { ...name, ...mood, labels: [1] }, tags } }],
    ['two properties of one column', { columns: { id, name: { ...name, column: 'id' }, tags } }],
    ['a property that is a word of conditions', { columns: { id, name, tags, or: name } }],
    ['a column of a private name', { columns: { id, name: { ...name, column: '#t0' }, tags } }],
    ['a property of a private name', { columns: { id, '#v': name, tags } }],
    ['deletedAt that is no column', { deletedAt: 'gone' }],
    ['deletedAt that is never NULL', { deletedAt: 'tags' }],
    ['a relation that is a column', { relations: { name: { target: () => noteShape, on: { id: 'id' } } } }],
    ['a relation on nothing', { relations: { note: { target: () => noteShape, on: {} } } }],
    ['a relation on an unknown column', { relations: { note: { target: () => noteShape, on: { x: 'id' } } } }],
    ['a relation whose target is no function', { relations: { note: { target: noteShape, on: { id: 'id' } } } }],
    ['a relation to one over a junction', { relations: { note: { target: () => noteShape, junction } } }],
    ['a relation over two ways', { relations: { note: { target: () => noteShape, on: { id: 'id' }, junction: {} } } }],
  ])('refuses %s', (_, args) => {
    expect(shape(args)).toThrow(expect.objectContaining({ name: 'Misuse' }));
  });

  it('lets nothing be asked of an enum that is none of its labels', () => {
    const labels = ['glad', 'sad'];
    const moods = shape({ columns: { id, name: { ...name, ...mood, labels }, tags: { ...tags, ...mood, labels } } })();
    labels.push('odd');
    const asked = (condition: QueryCondition<Row>) => () => conditionToSql(moods, unscoped('a test'), condition);

    expect(asked({ name: { in: ['glad'] }, tags: { has: 'sad' } })).not.toThrow();
    expect(refusal(asked({ name: { eq: 'odd' } }))).toEqual(['INVALID_VALUE', '/name/eq']);
    expect(refusal(asked({ tags: { hasAny: ['sad', 'odd'] } }))).toEqual(['INVALID_VALUE', '/tags/hasAny/1']);
  });

  it('says of a relation what is wrong behind it when it is first used', () => {
    const note = { target: () => noteShape, on: { id: 'nothing' } };
    const { relations } = shape({ relations: { note } })();

    expect(() => relations.get('note')!.on).toThrow('Row.note: Note has no column nothing.');
  });

  it('must say of NULLs and lists what the row’s type says', () => {
    const args = { name: 'Row', table: 'rows' };
    // @ts-expect-error -- name may be null
    entityShape<Row>({ ...args, columns: { id, name: { type: 'text' }, tags } });
    // @ts-expect-error -- tags is a list
    entityShape<Row>({ ...args, columns: { id, name, tags: { type: 'text' } } });
    // @ts-expect-error -- id is never null
    expect(() => entityShape<Row>({ ...args, columns: { id: { ...id, nullable: true }, name, tags } })).toThrow();
    // @ts-expect-error -- tags is missing
    entityShape<Row>({ ...args, columns: { id, name } });
  });
});
