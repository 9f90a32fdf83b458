import { Problem } from '../problem.js';

interface Choice {
  readonly id?: unknown;
  readonly name: string;
}

const MOST = 20;

const idOf = ({ id }: Choice): string | null =>
  typeof id === 'string' || typeof id === 'number' ? String(id) : null;

const listed = (choices: readonly Choice[]): string => {
  const all = choices.slice(0, MOST).map((choice) => {
    const id = idOf(choice);
    return id === null ? `"${choice.name}"` : `"${choice.name}" (${id})`;
  });
  return [...all, ...(choices.length > MOST ? [`and ${choices.length - MOST} more`] : [])].join(', ');
};

export const isCalled =
  (wanted: string) =>
  (choice: Choice): boolean =>
    [idOf(choice), choice.name].some((each) => each?.toLowerCase() === wanted.toLowerCase());

/** The one that was named, by id or whole name; case does not matter. What is only like it is never taken. */
export const chooseExactly = <T extends Choice>(choices: readonly T[], wanted: string, what: string): T => {
  const word = wanted.toLowerCase();
  const byId = choices.find((choice) => idOf(choice)?.toLowerCase() === word);
  if (byId !== undefined) return byId;
  const named = choices.filter(({ name }) => name.toLowerCase() === word);
  const [only] = named;
  if (only === undefined) {
    const there = choices.length === 0 ? 'there is none at all' : `there are ${listed(choices)}`;
    throw new Problem('not_found', `There is no ${what} "${wanted}"; ${there}.`);
  }
  if (named.length === 1) return only;
  throw new Problem(
    'usage',
    `Several are called "${wanted}", so name the ${what} by its id: ${listed(named)}.`,
  );
};
