import { afterAll, describe, it } from '@jest/globals';
import { repositoryCases } from '@holdfast/testing';
import { noteContract } from './notes/note-contract.js';

const { cases, close } = repositoryCases(noteContract);
afterAll(close);

describe('a sound repository', () => {
  it.each(cases.map(({ title, run }) => [title, run] as const))('%s', (_title, run) => run());
});
