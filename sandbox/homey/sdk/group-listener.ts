export type GroupListener = (
  values: Readonly<Record<string, unknown>>,
  options: Readonly<Record<string, unknown>>,
) => unknown;

/**
 * Collects what is set within `timeout` ms after the last one and makes one call of it; everybody who contributed gets
 * its outcome.
 */
export const groupListener = (
  listener: GroupListener,
  timeout: number,
): ((id: string, value: unknown, options: unknown) => Promise<unknown>) => {
  let values: Record<string, unknown> = {};
  let options: Record<string, unknown> = {};
  let timer: NodeJS.Timeout | undefined;
  let outcome = deferred();

  const run = (): void => {
    const [givenValues, givenOptions, { resolve, reject }] = [values, options, outcome];
    values = {};
    options = {};
    outcome = deferred();
    Promise.resolve()
      .then(() => listener(givenValues, givenOptions))
      .then(resolve, reject);
  };

  return (id, value, opts) => {
    values[id] = value;
    options[id] = opts;
    clearTimeout(timer);
    timer = setTimeout(run, timeout);
    return outcome.promise;
  };
};

interface Deferred {
  readonly promise: Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

const deferred = (): Deferred => {
  let resolve: Deferred['resolve'] = () => undefined;
  let reject: Deferred['reject'] = () => undefined;
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
};
