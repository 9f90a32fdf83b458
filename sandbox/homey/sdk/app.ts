import { claim } from './context.js';
import type { HomeyInstance } from './homey.js';
import { setScope, SimpleClass } from './simple-class.js';

export class App extends SimpleClass {
  readonly homey: HomeyInstance;
  readonly manifest: unknown;
  readonly id: string;
  readonly sdk = 3;

  constructor() {
    super();
    const { homey, manifest, id } = claim('app');
    this.homey = homey;
    this.manifest = manifest;
    this.id = id;
    setScope(this, `[${this.constructor.name}]`);
  }

  onInit(): unknown {
    return undefined;
  }

  onUninit(): unknown {
    return undefined;
  }
}
