import { isThermiaError } from '../../errors.js';

/** A bearer token and which one it is: each new one has a higher generation. */
export interface Access {
  readonly token: string;
  readonly generation: number;
}

export interface AccessSource {
  /** The token to be used now. */
  access(): Promise<Access>;
  /** A token newer than the one that was refused; shared by all who ask. */
  renewed(refused: Access): Promise<Access>;
  /** The service took it. */
  accepted(used: Access): void;
}

/** Owns 401: has the token renewed, unless another request has seen to that already, and replays once. */
export const createBearer = (source: AccessSource) => ({
  run: async <T>(attempt: (access: Access) => Promise<T>): Promise<T> => {
    const use = async (access: Access): Promise<T> => {
      const result = await attempt(access);
      source.accepted(access);
      return result;
    };
    const access = await source.access();
    try {
      return await use(access);
    } catch (error) {
      if (!isThermiaError(error, 'unauthorized')) throw error;
      return await use(await source.renewed(access));
    }
  },
});
