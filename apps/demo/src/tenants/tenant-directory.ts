import type { AccessKey, DomainName, ProjectId, ScalingGroupName, UserId } from '@holdfast/domain-types';

/** A person who owns sessions. */
export interface DemoUser {
  readonly id: UserId;
  readonly name: string;
  readonly accessKey: AccessKey;
  readonly domainName: DomainName;
  readonly project: DemoProject;
}

export interface DemoProject {
  readonly id: ProjectId;
  readonly name: string;
  /** The key of the project's administrator, who owns no sessions. */
  readonly adminKey: AccessKey;
}

export interface DemoDomain {
  readonly name: DomainName;
  readonly adminKey: AccessKey;
  /** Where sessions of this domain may be scheduled, and whose agents its members see. */
  readonly scalingGroups: readonly ScalingGroupName[];
  readonly projects: readonly DemoProject[];
  readonly users: readonly DemoUser[];
}

/** Who is who: whose the access keys of the demo are is given by the program, which makes their domains, projects and users. */
export interface TenantDirectory {
  readonly superadminKey: AccessKey;
  readonly domains: readonly DemoDomain[];
}
