/** A pump that is watched: the id it is known by, the one it is asked for by, and what it is known by besides. */
export interface Sought {
  readonly id: string;
  readonly sourceId: string;
  readonly key: string | null;
}

/**
 * By which of the listed ids each pump is to be asked for; null where it is not in the list, and no entry where an
 * incomplete list does not tell. A pump whose id is gone is the one listing that has its key and that nobody watches.
 */
export const foundIn = (
  sought: readonly Sought[],
  listed: readonly { readonly id: string; readonly key?: string }[],
  isComplete: boolean,
): ReadonlyMap<string, string | null> => {
  const ids = new Set(listed.map(({ id }) => id));
  const direct = ({ id, sourceId }: Sought): string | null =>
    ids.has(sourceId) ? sourceId : ids.has(id) ? id : null;
  const taken = new Set(sought.map(direct));
  const lost = sought.filter((each) => direct(each) === null);
  const byKey = ({ key }: Sought): string | null => {
    const rivals = lost.filter((each) => each.key === key);
    const [first, ...rest] = listed.filter((each) => each.key === key && !taken.has(each.id));
    return first !== undefined && rest.length === 0 && rivals.length === 1 ? first.id : null;
  };
  const told = isComplete ? sought : sought.filter((each) => direct(each) !== null);
  return new Map(told.map((each) => [each.id, direct(each) ?? (each.key === null ? null : byKey(each))]));
};
