import type { PairView } from '../pure/pair-views.js';
import type {
  CapabilityValue,
  Card,
  Device,
  Driver,
  Flow,
  InsightsLog,
  LogEntries,
  Notification,
  Setting,
  Suggestion,
} from './schemas.js';

export type CardKind = 'trigger' | 'condition' | 'action';

export interface PairRequest {
  readonly type: 'pair' | 'repair';
  readonly driverId: string;
  readonly deviceId?: string;
}

/** What the page needs of a Homey. Every call may be refused with an Error whose message is a sentence for people. */
export interface Homey {
  readonly version: string | null;
  connect(): Promise<void>;
  onConnection(listener: (connected: boolean) => void): void;
  /** Resolves when the subscription stands; the function ends it. */
  subscribe(
    uri: string,
    onEvent: (event: string, data: unknown) => void,
    onReconnect?: () => void,
  ): Promise<() => void>;

  devices(): Promise<Device[]>;
  device(id: string): Promise<Device>;
  setCapability(deviceId: string, capabilityId: string, value: CapabilityValue): Promise<void>;
  settings(deviceId: string): Promise<Setting[]>;
  /** Answers what the app says to the change, if anything. */
  saveSettings(deviceId: string, settings: Readonly<Record<string, unknown>>): Promise<string | null>;
  renameDevice(id: string, name: string): Promise<void>;
  deleteDevice(id: string): Promise<void>;

  drivers(): Promise<Driver[]>;
  createPairSession(request: PairRequest): Promise<{ id: string; views: PairView[] }>;
  emitPairing(sessionId: string, event: string, data?: unknown): Promise<unknown>;
  answerPairing(sessionId: string, callbackId: string, data: unknown): Promise<void>;
  keepPairing(sessionId: string): Promise<void>;
  addPairedDevice(sessionId: string, device: unknown): Promise<unknown>;
  endPairing(sessionId: string): Promise<void>;

  logs(): Promise<InsightsLog[]>;
  entries(logId: string, resolution: string): Promise<LogEntries>;

  cards(kind: CardKind): Promise<Card[]>;
  runCard(kind: CardKind, id: string, args: Readonly<Record<string, unknown>>): Promise<unknown>;
  suggest(
    kind: CardKind,
    id: string,
    argument: string,
    query: string,
    args: Readonly<Record<string, unknown>>,
  ): Promise<Suggestion[]>;
  /** The app's own texts in a language, by key. */
  appTexts(appId: string, language: string): Promise<Record<string, unknown>>;
  /** A route of the app's own web API; `path` begins with a slash. */
  askApp(appId: string, path: string, query?: Readonly<Record<string, string>>): Promise<unknown>;
  flows(): Promise<Flow[]>;
  triggerFlow(id: string): Promise<void>;

  notifications(): Promise<Notification[]>;
  deleteNotification(id: string): Promise<void>;
}
