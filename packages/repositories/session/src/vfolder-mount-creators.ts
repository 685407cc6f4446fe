import type { CreatorSpec } from '@holdfast/base';
import type { SessionId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { givenOwner } from './session-owner.js';
import type { SessionWithKernelsSpec } from './session-with-kernels-spec.js';
import type { VfolderMountRow } from './vfolder-mount-row.js';

/** The rows of what a new session mounts. Throws `InvalidInput` for a path that is none. */
export function vfolderMountCreators(
  spec: SessionWithKernelsSpec & { readonly id: SessionId },
): readonly CreatorSpec<VfolderMountRow>[] {
  return (spec.vfolderMounts ?? []).map(({ vfolderId, name, mountPath, subpath = '.', permission = 'ro' }, i) => {
    if (!mountPath.startsWith('/')) {
      throw new InvalidInput(
        'INVALID_VALUE',
        'A folder is mounted at an absolute path.',
        `/vfolderMounts/${i}/mountPath`,
      );
    }
    return {
      values: {
        sessionId: spec.id,
        mountPath,
        vfolderId,
        name,
        subpath,
        permission,
        ...givenOwner(spec),
      },
    };
  });
}
