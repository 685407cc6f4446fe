import type { AccessKey, DomainName, ProjectId, UserId } from '@holdfast/domain-types';
import type { EntitySchemaOptions } from 'typeorm';

/** Whose a session is. All that belongs to a session repeats it, so that each table can be seen by the same scopes. */
export interface SessionOwner {
  domainName: DomainName;
  /** The project. */
  groupId: ProjectId;
  userUuid: UserId;
  accessKey: AccessKey;
}

/** The properties of an owner, as foreign keys name them. */
export const ownerProperties = Object.freeze(['domainName', 'groupId', 'userUuid', 'accessKey'] as const);

/** The columns of an owner, for the entities of what belongs to a session. */
export const ownerColumns: Required<EntitySchemaOptions<SessionOwner>['columns']> = {
  domainName: { name: 'domain_name', type: 'text' },
  groupId: { name: 'group_id', type: 'uuid' },
  userUuid: { name: 'user_uuid', type: 'uuid' },
  accessKey: { name: 'access_key', type: 'text' },
};

type ForeignKey = NonNullable<EntitySchemaOptions<object>['foreignKeys']>[number];

/**
 * The foreign key of a row that belongs to what another row is: it covers the owner, so that nothing hangs on the session
 * of somebody else, and follows it.
 */
export function ownedForeignKey(name: string, target: 'Session' | 'Kernel', property: string): ForeignKey {
  return {
    name,
    target,
    columnNames: [property, ...ownerProperties],
    referencedColumnNames: ['id', ...ownerProperties],
    onDelete: 'CASCADE',
    onUpdate: 'CASCADE',
  };
}

/** What a spec says of the owner. What the scope gives stays absent: the scope fills it in. */
export function givenOwner({
  domainName,
  groupId,
  userUuid,
  accessKey,
}: Partial<Readonly<SessionOwner>>): Partial<SessionOwner> {
  return {
    ...(domainName !== undefined && { domainName }),
    ...(groupId !== undefined && { groupId }),
    ...(userUuid !== undefined && { userUuid }),
    ...(accessKey !== undefined && { accessKey }),
  };
}
