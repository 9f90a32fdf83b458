import type { Account, Write, WriteOutcome } from '../thermia/account/types.js';
import { isThermiaError } from '../thermia/errors.js';
import type { Clock } from '../thermia/ports.js';
import type { ControlValue } from '../thermia/pump/model.js';
import { CARD_MS, LISTENER_MS, settleForCard, settleForListener } from './settle.js';
import { inWords, orSentence, type Texts } from './texts.js';

export interface Writes {
  /** Controls with a write that is not decided yet: their values are not to be overwritten. */
  readonly pending: ReadonlySet<string>;
  /** From a tile or a system card that waits since then. Rejects with a sentence for the person. */
  fromListener(controlId: string, value: ControlValue, since: number): Promise<void>;
  /** From one of the app's own cards that waits since then. Rejects with a sentence for the person. */
  fromCard(controlId: string, value: ControlValue, since: number): Promise<void>;
}

export const createWrites = (dependencies: {
  readonly account: Account;
  readonly pumpId: string;
  readonly clock: Clock;
  readonly texts: Texts;
  /** A write was decided, whoever was told. */
  onDecided(controlId: string, value: ControlValue, outcome: WriteOutcome): void;
  /** It had been taken for done, and then the pump did not take it. */
  onLateFailure(controlId: string, value: ControlValue, error: unknown): void;
}): Writes => {
  const { account, pumpId, clock, texts } = dependencies;
  const counts = new Map<string, number>();
  const pending = new Set<string>();

  const begin = (controlId: string, value: ControlValue): Write => {
    const write = account.write(pumpId, controlId, value);
    counts.set(controlId, (counts.get(controlId) ?? 0) + 1);
    pending.add(controlId);
    void write.settled.then((outcome) => {
      const left = (counts.get(controlId) ?? 1) - 1;
      counts.set(controlId, left);
      if (left === 0) pending.delete(controlId);
      dependencies.onDecided(controlId, value, outcome);
    });
    return write;
  };

  return {
    pending,
    async fromListener(controlId, value, since) {
      const write = begin(controlId, value);
      const left = since + LISTENER_MS - clock.now();
      const state = await settleForListener(write, clock, left).catch((error: unknown) => {
        // Who moves a slider on has nothing to be told of where it was before.
        if (isThermiaError(error, 'superseded')) return 'superseded' as const;
        throw inWords(texts, error);
      });
      if (state !== 'accepted') return;
      void write.settled.then((outcome) => {
        if (outcome.state !== 'failed' || outcome.error.kind === 'superseded') return;
        dependencies.onLateFailure(controlId, value, outcome.error);
      });
    },
    fromCard: (controlId, value, since) =>
      orSentence(texts, settleForCard(begin(controlId, value), clock, since + CARD_MS - clock.now())),
  };
};
