/** What a session may do in a folder that it mounts. The values are the original's. */
export const MountPermission = Object.freeze({
  READ_ONLY: 'ro',
  READ_WRITE: 'rw',
  /** Also delete. */
  READ_WRITE_DELETE: 'wd',
});

export type MountPermission = (typeof MountPermission)[keyof typeof MountPermission];
