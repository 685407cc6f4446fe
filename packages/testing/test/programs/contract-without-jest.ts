// The contract under node:test, which runners.test.ts runs.
import * as runner from 'node:test';
import { describeRepository } from '@holdfast/testing';
import { noteContract } from '../notes/note-contract.js';

describeRepository(runner, 'NoteRepository', noteContract);
