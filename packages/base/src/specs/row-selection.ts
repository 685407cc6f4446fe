/** Whether deleted rows are among what is read. Default false. */
export interface RowSelection {
  readonly includeDeleted?: boolean;
}
