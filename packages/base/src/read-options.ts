import type { CallOptions } from '@holdfast/operation';
import type { SeparateOption } from './separate-option.js';
import type { RowSelection } from './specs/row-selection.js';

/** What the reading operations of a repository may be told. */
export interface ReadOptions extends CallOptions, RowSelection, SeparateOption {}
