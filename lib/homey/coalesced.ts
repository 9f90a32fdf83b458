/**
 * Runs one at a time; of what arrives meanwhile only the latest is run. The promise ends when this item or a later one was run.
 * `run` must not throw.
 */
export const coalesced = <T>(run: (item: T) => Promise<void>): ((item: T) => Promise<void>) => {
  let waiting: { readonly item: T } | null = null;
  let running: Promise<void> | null = null;
  const drain = async (): Promise<void> => {
    while (waiting !== null) {
      const { item } = waiting;
      waiting = null;
      await run(item);
    }
    running = null;
  };
  return (item) => {
    waiting = { item };
    running ??= drain();
    return running;
  };
};
