import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';

const program = path.resolve(__dirname, '../programs/traced-statements.ts');
const typescript = path.resolve(__dirname, '../../../../jest/typescript.mjs');

interface Shown {
  readonly paths: readonly string[];
  readonly durations: Readonly<Record<string, number>>;
}

let shown: Readonly<Record<'guarded' | 'typeorm' | 'stock' | 'crowd', Shown>>;

beforeAll(async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', typescript, program]);
  shown = JSON.parse(stdout) as typeof shown;
});

describe('beside the instrumentation of pg', () => {
  describe.each([
    ['guardedPool()', 'guarded'],
    ["a pool of pg's own", 'stock'],
  ] as const)('over %s', (_pool, which) => {
    it('an operation of a repository is the parent of its source, and that of the statement', () => {
      expect(shown[which].paths).toEqual([
        'note_repository.getNote',
        'note_repository.getNote > note_db_source.getNote',
        'note_repository.getNote > note_db_source.getNote > pg-pool.connect',
        'note_repository.getNote > note_db_source.getNote > pg.query:SELECT',
      ]);
    });

    it('nothing is counted twice: the statement by the instrumentation, and each layer by us', () => {
      expect(shown[which].durations).toEqual({
        'db.client.operation.duration': 1,
        'repository.operation.duration': 2,
      });
    });
  });

  it('what TypeORM sends is shown under the operation that it is sent for', () => {
    expect(shown.typeorm.paths).toEqual([
      'note_db_source.countNotes',
      'note_db_source.countNotes > pg-pool.connect',
      'note_db_source.countNotes > pg.query:SELECT',
    ]);
  });

  it('operations that wait for one connection keep their statements apart', () => {
    expect(shown.crowd.paths).toEqual(
      ['a', 'b', 'c'].flatMap((name) => [
        `note_db_source.${name}`,
        `note_db_source.${name} > pg-pool.connect`,
        `note_db_source.${name} > pg.query:SELECT`,
      ]),
    );
  });
});
