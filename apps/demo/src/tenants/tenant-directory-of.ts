import { domainName, projectId, scalingGroupName, userId } from '@holdfast/domain-types';
import { stableUuid } from '../stable-uuid.js';
import { accessKeyOf } from './access-key-of.js';
import type { DemoDomain, DemoProject, TenantDirectory } from './tenant-directory.js';

/** A domain in words: its projects by name, each with the names of its users. */
export interface DomainOutline {
  readonly name: string;
  readonly scalingGroups: readonly string[];
  readonly projects: Readonly<Record<string, readonly string[]>>;
}

/** Builds the directory of an outline. Ids and access keys follow from the names, so that they are always the same. */
export function tenantDirectoryOf(outlines: readonly DomainOutline[]): TenantDirectory {
  return { superadminKey: accessKeyOf('superadmin'), domains: outlines.map(domainOf) };
}

function domainOf(outline: DomainOutline): DemoDomain {
  const name = domainName(outline.name);
  const members = Object.entries(outline.projects).map(([projectName, userNames]) => {
    const path = `${name}/${projectName}`;
    const project: DemoProject = {
      id: projectId(stableUuid(path)),
      name: projectName,
      adminKey: accessKeyOf(path),
    };
    const users = userNames.map((userName) => ({
      id: userId(stableUuid(`${path}/${userName}`)),
      name: userName,
      accessKey: accessKeyOf(`${path}/${userName}`),
      domainName: name,
      project,
    }));
    return { project, users };
  });
  return {
    name,
    adminKey: accessKeyOf(name),
    scalingGroups: outline.scalingGroups.map((group) => scalingGroupName(group)),
    projects: members.map(({ project }) => project),
    users: members.flatMap(({ users }) => users),
  };
}
