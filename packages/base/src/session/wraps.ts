/** TypeORM wraps what a query threw, whatever it was. */
export function wraps(error: unknown, reason: Error): boolean {
  return typeof error === 'object' && error !== null && 'driverError' in error && error.driverError === reason;
}
