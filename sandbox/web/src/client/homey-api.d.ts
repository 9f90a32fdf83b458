/** The part of Athom's client that is used here. Its own declarations answer `any` for every call. */
declare module 'homey-api/lib/HomeyAPI/HomeyAPI' {
  export interface Subscription {
    unsubscribe(): void;
  }
  export interface SubscriptionHandlers {
    readonly onConnect?: () => void;
    readonly onDisconnect?: (reason: string) => void;
    readonly onReconnect?: () => void;
    readonly onReconnectError?: (error: Error) => void;
    readonly onEvent?: (event: string, data: unknown) => void;
  }
  export interface Api {
    readonly version: string | null;
    connect(): Promise<void>;
    call(request: { readonly method: string; readonly path: string }): Promise<unknown>;
    subscribe(uri: string, handlers: SubscriptionHandlers): Promise<Subscription>;
    on(event: string, listener: (...args: readonly unknown[]) => void): void;
  }
  const HomeyAPI: { createLocalAPI(options: { address: string; token: string }): Promise<Api> };
  export default HomeyAPI;
}
