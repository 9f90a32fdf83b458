import { Problem } from '../problem.js';

const bare = (name: string): string => name.toUpperCase().replace(/^REG_+/, '');

/** A register by its name; case and the `REG_` in front do not matter. */
export const findRegister = <T extends { readonly registerName: string }>(
  all: readonly T[],
  wanted: string,
): T => {
  const found =
    all.find(({ registerName }) => registerName === wanted) ??
    all.find(({ registerName }) => bare(registerName) === bare(wanted));
  if (found !== undefined) return found;
  const names = all.map(({ registerName }) => registerName).sort();
  throw new Problem('not_found', `There is no register ${wanted}; there are ${names.join(', ')}.`);
};
