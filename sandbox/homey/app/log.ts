/** The last lines of the app's log, and whoever listens for new ones. */
export interface AppLog {
  readonly add: (line: string) => void;
  readonly lines: () => readonly string[];
  /** The returned function ends it. */
  readonly follow: (listener: (line: string) => void) => () => void;
}

export const createAppLog = (limit: number): AppLog => {
  let lines: string[] = [];
  const followers = new Set<(line: string) => void>();
  return {
    add: (line) => {
      lines = [...lines.slice(-(limit - 1)), line];
      for (const follower of followers) follower(line);
    },
    lines: () => lines,
    follow: (listener) => {
      followers.add(listener);
      return () => void followers.delete(listener);
    },
  };
};
