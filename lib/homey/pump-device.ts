import type { WriteOutcome } from '../thermia/account/types.js';
import type { Clock, Logger } from '../thermia/ports.js';
import type { Activity, ControlValue, PumpSnapshot } from '../thermia/pump/model.js';
import type { Lease } from './accounts.js';
import { capabilityOfControl, rowOf } from './capabilities.js';
import {
  CONNECTION_EPISODE,
  connectionHealth,
  isEpisode,
  SIGN_IN_EPISODE,
  signInHealth,
  stepEpisode,
  type Health,
} from './episodes.js';
import { startHotWaterPlan, type HotWaterPlan } from './hot-water-plan/runner.js';
import { changedLabels, createLabels } from './labels.js';
import { described } from './logger.js';
import type { Manifest } from './manifest.js';
import {
  activeAlarms,
  activityNews,
  alarmNews,
  asTexts,
  hasUnnamedAlarms,
  temperatureNews,
  type News,
} from './news.js';
import { CREDENTIALS } from './pairing.js';
import type { DevicePort, Fire } from './ports.js';
import type { PriceFeed } from './prices/feed.js';
import { createStatusDisplay } from './status-display.js';
import { describeWrite, type FailedWrite } from './status.js';
import { createSync } from './sync.js';
import { orSentence, Sentence, type Texts } from './texts.js';
import { createWrites } from './writes.js';

/** A heat pump as the Flow cards and the device's buttons see it. */
export interface Pump {
  readonly id: string;
  readonly texts: Texts;
  readonly hotWater: HotWaterPlan;
  now(): number;
  snapshot(): PumpSnapshot | null;
  /** Ids of the device's capabilities. */
  capabilities(): readonly string[];
  /** Ends when the pump was seen to have taken the value; rejects with a sentence. */
  write(controlId: string, value: ControlValue): Promise<void>;
  /** Reads everything now; rejects with a sentence. */
  refresh(): Promise<void>;
  forgetAccount(): Promise<void>;
  setInterval(minutes: number): void;
  setExpert(expert: boolean): void;
  /** Ends the connection between the account and the device; the account goes on. */
  stop(): void;
}

export interface PumpDependencies {
  readonly device: DevicePort;
  readonly pumpId: string;
  readonly lease: Lease;
  readonly manifest: Manifest;
  readonly texts: Texts;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly prices: PriceFeed;
  readonly fire: Fire;
  readonly notify: (excerpt: string) => Promise<void>;
}

/** Joins one pump of an account and one device of the Homey. */
export const startPump = (dependencies: PumpDependencies): Pump => {
  const { device, pumpId, lease, manifest, texts, clock, logger, fire } = dependencies;
  const { account, online } = lease;
  let expert = device.getSetting('expert') === true;
  let availableSince: number | null = null;
  let failed: FailedWrite | null = null;
  let activities: readonly Activity[] | null = null;
  let unnamedSince: number | null = null;
  let stopped = false;

  const careful = (what: string, act: () => Promise<unknown>): Promise<void> =>
    act().then(
      () => undefined,
      (error: unknown) => logger.error(`Could not ${what}`, { error: described(error) }),
    );
  const tell = (news: readonly News[]): void => {
    for (const { card, tokens, state } of news) fire(card, tokens, state);
  };

  const show = createStatusDisplay({ device, pumpId, lease, texts, clock, careful });
  const updateStatus = (): void => {
    if (!stopped) show(failed);
  };

  /** Tells an episode's begin and end once, also over a restart. */
  const episode = (
    key: string,
    health: Health,
    begun: () => News,
    ended: (minutes: number) => News,
  ): void => {
    const stored = device.getStoreValue(key);
    const before = isEpisode(stored) ? stored : null;
    const step = stepEpisode(before, health, clock.now());
    if (step.episode !== before) {
      void careful('store an episode', () => device.setStoreValue(key, step.episode));
    }
    if (step.edge === 'begun') tell([begun()]);
    if (step.edge === 'ended') {
      tell([ended(Math.round((clock.now() - (before?.since ?? clock.now())) / 60_000))]);
    }
  };

  const onSession = (): void => {
    const session = online.session();
    const reason = session.state === 'sign_in_needed' ? texts.error(session.reason) : '';
    episode(
      SIGN_IN_EPISODE,
      signInHealth(session),
      () => ({ card: 'sign_in_needed', tokens: { reason } }),
      () => ({ card: 'sign_in_restored', tokens: {} }),
    );
    updateStatus();
    updateLabels();
  };

  const onAvailability = (): void => {
    const availability = account.availability(pumpId);
    availableSince = availability.state === 'available' ? (availableSince ?? clock.now()) : null;
    const reason = availability.state === 'unavailable' ? texts.kind(availability.reason) : '';
    episode(
      CONNECTION_EPISODE,
      connectionHealth(availability),
      () => ({ card: 'connection_lost', tokens: { reason } }),
      (minutes) => ({ card: 'connection_restored', tokens: { minutes } }),
    );
    updateStatus();
  };

  const labelsNow = createLabels(texts);
  const updateLabels = (): void => {
    const labels = changedLabels(
      labelsNow({
        snapshot: account.snapshot(pumpId),
        chain: online.chain(),
        passwordKept: (device.getStoreValue(CREDENTIALS) ?? null) !== null,
      }),
      (key) => device.getSetting(key),
    );
    if (labels !== null && !stopped) void careful('show the labels', () => device.setSettings(labels));
  };

  const onDecided = (controlId: string, value: ControlValue, outcome: WriteOutcome): void => {
    if (outcome.state === 'failed') {
      const words = { controlId, capability: capabilityOfControl(controlId), value, at: clock.now() };
      tell([{ card: 'write_failed', tokens: describeWrite(texts, { ...words, error: outcome.error }) }]);
    } else if (failed?.controlId === controlId) {
      failed = null;
      updateStatus();
    }
  };
  const writes = createWrites({
    account,
    pumpId,
    clock,
    texts,
    onDecided() {
      const snapshot = account.snapshot(pumpId);
      if (snapshot !== null) void push(snapshot);
    },
    onLateFailure(controlId, value, error) {
      failed = { controlId, capability: capabilityOfControl(controlId), value, error, at: clock.now() };
      updateStatus();
    },
  });

  const hotWater = startHotWaterPlan({ ...dependencies, account });
  /** The hot water plan has to know what a person wants of its switch. */
  const byPerson = (controlId: string, value: ControlValue, send: () => Promise<void>): Promise<void> =>
    controlId === 'hot_water' && typeof value === 'boolean' ? hotWater.switched(value, send) : send();

  const listen = (capability: string): void => {
    const control = rowOf(capability)?.control;
    if (control === undefined) return;
    device.registerCapabilityListener(capability, (value) => {
      if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') {
        const since = clock.now();
        return orSentence(
          texts,
          byPerson(control, value, () => writes.fromListener(control, value, since)),
        );
      }
      return Promise.reject(new Sentence(texts.say('errors.rejected')));
    });
  };
  const refresh = (): Promise<void> => orSentence(texts, account.refresh(pumpId));
  const forgetAccount = (): Promise<void> => orSentence(texts, online.signOut());
  const buttons: Readonly<Record<string, () => Promise<void>>> = {
    'button.read_now': refresh,
    'button.forget_account': forgetAccount,
  };
  const prepare = (capability: string): void => {
    const press = buttons[capability];
    if (press === undefined) listen(capability);
    else device.registerCapabilityListener(capability, press);
  };

  const sync = createSync({
    device,
    manifest,
    clock,
    logger,
    pending: writes.pending,
    expert: () => expert,
    availableFor: () => (availableSince === null ? 0 : clock.now() - availableSince),
    onSetable: prepare,
    onSynced(changes, snapshot) {
      tell(temperatureNews(changes, (id) => texts.capability(id)));
      const doing = snapshot.readings.activities?.value ?? null;
      tell(activityNews(activities, doing, (activity) => texts.value('heat_pump_activity', activity)));
      activities = doing ?? activities;
      const before = asTexts(device.getStoreValue('alarms'));
      unnamedSince = hasUnnamedAlarms(snapshot) ? (unnamedSince ?? clock.now()) : null;
      const alarms = activeAlarms(snapshot, unnamedSince === null ? 0 : clock.now() - unnamedSince);
      tell(alarmNews(before, alarms));
      if (alarms !== null && JSON.stringify(alarms) !== JSON.stringify(before)) {
        void careful('store the alarms', () => device.setStoreValue('alarms', alarms));
      }
      updateLabels();
      if (account.availability(pumpId).state === 'available') {
        void careful('say when it was seen', async () => device.setLastSeenAt?.());
      }
    },
  });
  const push = async (snapshot: PumpSnapshot): Promise<void> => {
    if (stopped) return;
    // Every snapshot counts, also those that are not shown because a newer one came.
    hotWater.look();
    await sync.push(snapshot);
    hotWater.show();
    // Warnings go with time, and come with single values that have grown old.
    updateStatus();
  };

  device.getCapabilities().forEach(prepare);
  const ends = [
    account.on('snapshot', (snapshot) => {
      if (snapshot.identity.id === pumpId) void push(snapshot);
    }),
    account.on('availability', (id) => {
      if (id === pumpId) onAvailability();
    }),
    account.on('write', (write) => {
      if (write.pumpId === pumpId) onDecided(write.controlId, write.value, write.outcome);
    }),
    online.onSession(onSession),
    account.watch(pumpId),
  ];
  const known = account.snapshot(pumpId);
  if (known !== null) void push(known);
  onSession();
  onAvailability();

  return {
    id: pumpId,
    texts,
    hotWater,
    now: () => clock.now(),
    snapshot: () => account.snapshot(pumpId),
    capabilities: () => device.getCapabilities(),
    write(controlId, value) {
      const since = clock.now();
      return byPerson(controlId, value, () => writes.fromCard(controlId, value, since));
    },
    refresh,
    forgetAccount,
    setInterval: (minutes) => lease.setInterval(minutes),
    setExpert(value) {
      expert = value;
      const snapshot = account.snapshot(pumpId);
      if (snapshot !== null) void push(snapshot);
    },
    stop() {
      stopped = true;
      hotWater.stop();
      for (const end of ends) end();
    },
  };
};
