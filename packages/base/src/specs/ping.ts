import { Statement } from '../wire/statement.js';
import { readSpec } from './spec.js';

const statement = new Statement('SELECT 1', null);

/** Asks the database for nothing but an answer. */
export const pingSpec = readSpec('ping', () => ({ statement, values: [], finish: () => undefined }));
