/** Settings as a Homey keeps them: copies, and null for what was never set. */
export class FakeSettings {
  readonly all = new Map<string, unknown>();
  get = (key: string): unknown => structuredClone(this.all.get(key) ?? null);
  set = (key: string, value: unknown): void => void this.all.set(key, structuredClone(value));
  unset = (key: string): void => void this.all.delete(key);
}
