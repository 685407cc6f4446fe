import type { Contender, Operations } from './contender.js';

/** The operations that are compared, in the order of the report, and what a contender does them with. */
export const OPERATIONS = {
  get: 'get',
  search: 'search',
  'search-total': 'searchTotal',
  'cursor-shallow': 'cursorPage',
  'cursor-deep': 'cursorPage',
  create: 'create',
  update: 'update',
  'update-one-trip': 'update',
  delete: 'delete',
  'delete-one-trip': 'delete',
  purge: 'purge',
  upsert: 'upsert',
  'unit-of-work': 'unitOfWork',
  'bulk-create-1000': 'bulkCreate',
  'bulk-create-10000': 'bulkCreate',
  'batch-update-1000': 'batchUpdate',
  'batch-purge-1000': 'batchPurge',
} as const satisfies Readonly<Record<string, keyof Operations>>;

export type OperationName = keyof typeof OPERATIONS;

export const OPERATION_NAMES = Object.keys(OPERATIONS) as readonly OperationName[];

/** They are measured in the same rounds, for their ratio to each other. */
export const CURSOR_PAGES: readonly OperationName[] = ['cursor-shallow', 'cursor-deep'];

const reading: readonly OperationName[] = ['get', 'search', 'search-total', ...CURSOR_PAGES];

/** Whether an operation leaves the table as it was. */
export const isRead = (operation: OperationName): boolean => reading.includes(operation);

/** Whether one call is about 1,000 rows or more. */
export const isOfMany = (operation: OperationName): boolean => /000$/.test(operation);

export function canDo(contender: Contender, operation: OperationName): boolean {
  return contender[OPERATIONS[operation]] !== undefined;
}
