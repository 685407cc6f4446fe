/** What a user may do in its domain. */
export const UserRole = Object.freeze({
  /** Administers all domains. */
  SUPERADMIN: 'superadmin',
  /** Administers its own domain. */
  ADMIN: 'admin',
  USER: 'user',
  /** Reads figures, and nothing else. */
  MONITOR: 'monitor',
});

export type UserRole = (typeof UserRole)[keyof typeof UserRole];

export const USER_ROLES: readonly UserRole[] = Object.freeze(Object.values(UserRole));

/** The roles whose key pairs are those of an administrator. */
export const ADMINISTRATOR_ROLES: readonly UserRole[] = Object.freeze(['superadmin', 'admin']);

/** Whether the key pairs of a user are those of an administrator. */
export function isAdministrator(role: UserRole): boolean {
  return ADMINISTRATOR_ROLES.includes(role);
}
