import type { CreatorSpec } from '@holdfast/base';
import { type SessionId, vfolderId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { checkMembers } from '@holdfast/standard-repository';
import { MountPermission } from './mount-permission.js';
import { givenOwner } from './session-owner.js';
import type { SessionWithKernelsSpec } from './session-with-kernels-spec.js';
import { checkChoice, checkList, checkText } from './spec-values.js';
import type { VfolderMountSpec } from './vfolder-mount.js';
import type { VfolderMountRow } from './vfolder-mount-row.js';

const members: ReadonlySet<string> = new Set<keyof VfolderMountSpec>([
  'vfolderId',
  'name',
  'mountPath',
  'subpath',
  'permission',
]);

/**
 * The rows of what a new session mounts, with each path in its one form. Throws `InvalidInput` for a path that is none,
 * leads upwards, or is there twice.
 */
export function vfolderMountCreators(
  spec: SessionWithKernelsSpec & { readonly id: SessionId },
): readonly CreatorSpec<VfolderMountRow>[] {
  const { vfolderMounts = [] } = spec;
  checkList(vfolderMounts, '/vfolderMounts');
  const taken = new Set<string>();
  return vfolderMounts.map((mount, i) => {
    const at = `/vfolderMounts/${i}`;
    checkMembers(mount, members, at);
    const { name, subpath = '.', permission = 'ro' } = mount;
    vfolderId(mount.vfolderId, `${at}/vfolderId`);
    checkText(name, `${at}/name`);
    checkChoice(permission, Object.values(MountPermission), `${at}/permission`);
    const mountPath = absolutePath(mount.mountPath, `${at}/mountPath`);
    if (taken.has(mountPath)) {
      throw new InvalidInput('INVALID_VALUE', 'Two folders cannot be at one path.', `${at}/mountPath`);
    }
    taken.add(mountPath);
    return {
      values: {
        sessionId: spec.id,
        mountPath,
        vfolderId: mount.vfolderId,
        name,
        subpath: relativePath(subpath, `${at}/subpath`),
        permission,
        ...givenOwner(spec),
      },
    };
  });
}

function absolutePath(path: string, pointer: string): string {
  const steps = stepsOf(path, pointer);
  if (path.startsWith('/') && steps.length > 0) return `/${steps.join('/')}`;
  throw new InvalidInput('INVALID_VALUE', 'A folder is mounted at an absolute path below the root.', pointer);
}

function relativePath(path: string, pointer: string): string {
  const steps = stepsOf(path, pointer);
  if (path.startsWith('/')) {
    throw new InvalidInput('INVALID_VALUE', 'A part of a folder is named by a path within it.', pointer);
  }
  return steps.length === 0 ? '.' : steps.join('/');
}

/** What a path goes through, without what says nothing: `/a//b/./` and `/a/b` are one path. */
function stepsOf(path: string, pointer: string): readonly string[] {
  checkText(path, pointer);
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  if (!steps.includes('..')) return steps;
  // Where it leads is not known before the folders are there: they may have links.
  throw new InvalidInput('INVALID_VALUE', 'A path leads nowhere upwards.', pointer);
}
