import type { ProjectId } from '@holdfast/domain-types';
import { and, existenceCheck, or, type Scope, scopesOf, type SearchScope, searchScope, where } from '@holdfast/querier';
import type { GroupMemberRow } from './group-member-row.js';
import { GroupNotFound } from './group-not-found.js';
import { GroupRow } from './group-row.js';

/** The members of a group. */
export function membersOf(groupId: ProjectId): SearchScope<GroupMemberRow> {
  return searchScope<GroupMemberRow>({ name: 'group', equals: { groupId } });
}

/** The members of a group for whoever may see it: that there is such a group in the scope is asked first (`GroupNotFound`). */
export function visibleMembersOf(scope: Scope<GroupRow>, groupId: ProjectId): SearchScope<GroupMemberRow> {
  const scopes = scopesOf(scope) ?? [];
  const seen = scopes.map((one) => and(...one.toConditions()));
  const isVisible = and(where<GroupRow>({ id: { eq: groupId } }), ...(scopes.length === 0 ? [] : [or(...seen)]));
  return searchScope<GroupMemberRow>({
    name: 'group',
    equals: { groupId },
    existenceChecks: [
      ...scopes.flatMap(({ existenceChecks }) => existenceChecks),
      existenceCheck<GroupRow>(GroupRow, isVisible, () => new GroupNotFound(groupId)),
    ],
  });
}
