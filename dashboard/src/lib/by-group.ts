/** PURE: rows by the group they belong to, in the order they came in. */
export function byGroup<T extends { groupId: number }>(rows: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const sameGroup = groups.get(row.groupId);
    if (sameGroup) sameGroup.push(row);
    else groups.set(row.groupId, [row]);
  }
  return groups;
}
