/** Which database a URL means, to be shown: without user, password and parameters, which may hold a password, too. */
export function databaseName(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname}`;
}
