import { describe, expect, it } from '@jest/globals';
import { StatementShapes } from '../src/entity/statement-shapes.js';
import { Statement, type Step } from '../src/wire/statement.js';

describe('the shape of a statement', () => {
  const name = { column: 'name' };
  const note = { column: 'note' };

  const stepOf = (shapes: StatementShapes, columns: readonly object[], texts: readonly string[], sql: string): Step => {
    const shape = shapes.of('insert');
    columns.forEach((column, i) => shape.value(column, texts[i]!));
    return shape.step(() => ({ statement: new Statement(sql, null), values: [...texts] }));
  };

  it('is written once, and has the values of each time', () => {
    const shapes = new StatementShapes();

    const first = stepOf(shapes, [name, note], ['a', 'b'], 'first');
    const second = stepOf(shapes, [name, note], ['c', 'd'], 'second');

    expect(second.statement).toBe(first.statement);
    expect([first.values, second.values]).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('is another one for other columns, for the same in another order, for fewer of them, and for another operation', () => {
    const shapes = new StatementShapes();

    const all = [
      stepOf(shapes, [name, note], ['a', 'b'], '1'),
      stepOf(shapes, [note, name], ['a', 'b'], '2'),
      stepOf(shapes, [name], ['a'], '3'),
      stepOf(shapes, [], [], '4'),
      shapes.of('update').step(() => ({ statement: new Statement('5', null), values: [] })),
    ];

    expect(all.map(({ statement }) => statement.sql)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('is not kept where the statement was written with other values, or with others besides', () => {
    const shapes = new StatementShapes();
    const written = (sql: string, values: readonly string[]): Step => {
      const shape = shapes.of('update');
      shape.value(name, 'a');
      return shape.step(() => ({ statement: new Statement(sql, null), values }));
    };

    const steps = [written('1', ['a', 'now']), written('2', ['b']), written('3', ['a']), written('4', ['a'])];

    expect(steps.map(({ statement }) => statement.sql)).toEqual(['1', '2', '3', '3']);
    expect(steps[0]!.values).toEqual(['a', 'now']);
  });

  it('is forgotten when there are more than can be kept, and written again', () => {
    const shapes = new StatementShapes();
    const columns = Array.from({ length: 10_050 }, (_, i) => ({ column: i }));

    stepOf(shapes, [name], ['a'], 'first');
    for (const column of columns) stepOf(shapes, [column], ['x'], 'other');

    expect(stepOf(shapes, [name], ['a'], 'again').statement.sql).toBe('again');
  });
});
