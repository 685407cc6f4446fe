/** A text that equal ids share, to keep them out of one statement; two that differ only in case share it too. */
export function idName(id: unknown): string {
  const parts =
    typeof id === 'object' && id !== null ? Object.entries(id).toSorted(([a], [b]) => (a < b ? -1 : 1)) : id;
  return String(parts).toLowerCase();
}
