export type PairHandler = (data: unknown) => unknown;

/** What the driver's side of a pair or repair session is for its driver. */
export class PairSession {
  readonly #handlers: Map<string, PairHandler>;
  readonly #toPage: (event: string, data: unknown) => Promise<unknown>;

  constructor(
    handlers: Map<string, PairHandler>,
    toPage: (event: string, data: unknown) => Promise<unknown>,
  ) {
    this.#handlers = handlers;
    this.#toPage = toPage;
  }

  setHandler(event: string, handler: PairHandler): this {
    this.#handlers.set(event, handler);
    return this;
  }

  emit(event: string, data?: unknown): Promise<unknown> {
    return this.#toPage('emit', { event, data });
  }

  async showView(viewId: string): Promise<void> {
    await this.#toPage('showView', { viewId });
  }

  async nextView(): Promise<void> {
    await this.#toPage('nextView', {});
  }

  async prevView(): Promise<void> {
    await this.#toPage('prevView', {});
  }

  async done(): Promise<void> {
    await this.#toPage('done', {});
  }
}
