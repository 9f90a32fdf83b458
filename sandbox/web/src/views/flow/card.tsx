import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { CardKind } from '../../client/port.js';
import type { Card } from '../../client/schemas.js';
import { cardFailure, cardResult, type CardResult } from '../../pure/card-result.js';
import { argumentsOf, initialArgument, titleParts } from '../../pure/card-title.js';
import { formatAge } from '../../pure/format.js';
import { fired, now, theHomey } from '../../state/world.js';
import { Button } from '../../ui/controls.js';
import { ArgumentInput, type Arguments } from './argument.js';

const start = (card: Card): Arguments =>
  Object.fromEntries(
    argumentsOf(card).flatMap((argument) => {
      const value = initialArgument(argument);
      return value === undefined ? [] : [[argument.name, value]];
    }),
  );

const LastFired = ({ card }: { card: Card }): JSX.Element => {
  const last = fired.value.get(card.id);
  return (
    <span class={`card-fired ${last === undefined ? '' : 'known'}`} data-testid="card-fired">
      {last === undefined ? 'not seen yet' : formatAge(last.at, now.value)}
    </span>
  );
};

const Tokens = ({ card }: { card: Card }): JSX.Element | null => {
  const entries = Object.entries(fired.value.get(card.id)?.tokens ?? {});
  return entries.length === 0 ? null : (
    <p class="card-hint">
      {entries.map(([name, value]) => (
        <span key={name} class="token">
          {card.tokens.find(({ id }) => id === name)?.title ?? name}: {String(value)}
        </span>
      ))}
    </p>
  );
};

export const FlowCard = ({ kind, card }: { kind: CardKind; card: Card }): JSX.Element => {
  const [values, setValues] = useState<Arguments>(() => start(card));
  const [result, setResult] = useState<CardResult | null>(null);
  const [running, setRunning] = useState(false);

  const run = async (): Promise<void> => {
    if (kind === 'trigger') return;
    setRunning(true);
    setResult(null);
    const begun = performance.now();
    try {
      const answer = await theHomey().runCard(kind, card.id, values);
      setResult(cardResult(kind, answer, performance.now() - begun));
    } catch (error) {
      setResult(cardFailure(error));
    } finally {
      setRunning(false);
    }
  };

  return (
    <li class="flow-card" data-testid="flow-card" data-card={card.id}>
      <div class="flow-card-line">
        <div class="sentence">
          {titleParts(card).map((part, index) =>
            part.kind === 'text' ? (
              <span key={index}>{part.text}</span>
            ) : (
              <ArgumentInput
                key={part.argument.name}
                kind={kind}
                card={card}
                argument={part.argument}
                values={values}
                onValue={(value) => setValues((before) => ({ ...before, [part.argument.name]: value }))}
              />
            ),
          )}
        </div>
        {kind !== 'trigger' && (
          <Button icon="play" busy={running} onPress={() => void run()} testId="run-card">
            {kind === 'condition' ? 'Ask' : 'Run'}
          </Button>
        )}
        {kind === 'trigger' && <LastFired card={card} />}
      </div>
      {card.hint !== null && <p class="card-hint">{card.hint}</p>}
      {kind === 'trigger' && <Tokens card={card} />}
      <p class={`card-result ${result?.tone ?? ''}`} role="status" data-testid="card-result">
        {result?.text}
      </p>
    </li>
  );
};
