/** The table of the operation keys, in the schema that the connections find first. */
export const OPERATION_TABLE = 'holdfast_operation';
