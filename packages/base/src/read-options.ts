import type { CallOptions } from '@holdfast/operation';
import type { RowSelection } from './specs/row-selection.js';

/** What the reading operations of a repository may be told. */
export interface ReadOptions extends CallOptions, RowSelection {}
