import { useEffect, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { CardKind } from '../../client/port.js';
import type { Card, Flow } from '../../client/schemas.js';
import { groupCards } from '../../pure/card-title.js';
import { formatAge, sentence } from '../../pure/format.js';
import { announce } from '../../state/outcomes.js';
import { deviceNames, devices, flowRuns, now, theHomey } from '../../state/world.js';
import { Button, Empty, Notice, Panel, Spinner } from '../../ui/controls.js';
import { FlowCard } from './card.js';

const KINDS: readonly { readonly kind: CardKind; readonly title: string; readonly about: string }[] = [
  { kind: 'trigger', title: 'When', about: 'What can start a Flow.' },
  { kind: 'condition', title: 'And', about: 'What a Flow can ask before it goes on.' },
  { kind: 'action', title: 'Then', about: 'What a Flow can do.' },
];

const useCards = (kind: CardKind): { cards: readonly Card[] | null; problem: string } => {
  const [cards, setCards] = useState<readonly Card[] | null>(null);
  const [problem, setProblem] = useState('');
  const known = [...devices.value.values()]
    .map(({ id, capabilities }) => `${id} ${capabilities.join()}`)
    .join();
  useEffect(() => {
    let current = true;
    theHomey()
      .cards(kind)
      .then((found) => {
        if (!current) return;
        setCards(found);
        setProblem('');
      })
      .catch((error: unknown) => current && setProblem(sentence(error)));
    return () => {
      current = false;
    };
  }, [kind, known]);
  return { cards, problem };
};

const Cards = ({ kind }: { kind: CardKind }): JSX.Element => {
  const { cards, problem } = useCards(kind);
  const [words, setWords] = useState('');
  if (problem !== '') return <Notice tone="bad">{problem}</Notice>;
  if (cards === null) return <Spinner />;
  const wanted = words.toLowerCase();
  const matching = cards.filter(({ title, titleFormatted }) =>
    `${title} ${titleFormatted ?? ''}`.toLowerCase().includes(wanted),
  );
  const groups = groupCards(matching, deviceNames.value);
  return (
    <>
      <input
        class="input search"
        type="search"
        placeholder="Find a card"
        aria-label="Find a card"
        value={words}
        data-testid="find-card"
        onInput={({ currentTarget }) => setWords(currentTarget.value)}
      />
      {groups.length === 0 && <Empty>No card matches.</Empty>}
      {groups.map(({ ownerUri, name, cards: own }) => (
        <Panel key={ownerUri} title={name} testId="card-group">
          <ul class="flow-cards">
            {own.map((card) => (
              <FlowCard key={card.id} kind={kind} card={card} />
            ))}
          </ul>
        </Panel>
      ))}
    </>
  );
};

const lastRun = ({ id, enabled }: Flow): string => {
  const run = flowRuns.value.get(id);
  const state = enabled ? 'Enabled' : 'Disabled';
  if (run === undefined) return `${state}, has not run yet`;
  return [`${state}, ran ${formatAge(run.at, now.value)}: ${run.outcome}`, ...run.errors].join('. ');
};

const Flows = (): JSX.Element | null => {
  const [flows, setFlows] = useState<readonly Flow[]>([]);
  useEffect(() => {
    theHomey()
      .flows()
      .then(setFlows)
      // A Homey without simple Flows has nothing to list.
      .catch(() => setFlows([]));
  }, []);
  if (flows.length === 0) return null;
  const run = async ({ id, name }: Flow): Promise<void> => {
    try {
      await theHomey().triggerFlow(id);
      announce(`${name} was started.`);
    } catch (error) {
      announce(`${name}: ${sentence(error)}`, 'bad');
    }
  };
  return (
    <Panel title="Flows" testId="flows">
      <ul class="plain-list">
        {flows.map((flow) => (
          <li key={flow.id} class="action">
            <div>
              <b>{flow.name}</b>
              <small>{lastRun(flow)}</small>
            </div>
            <Button icon="play" onPress={() => void run(flow)}>
              Start
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
};

export const FlowPage = (): JSX.Element => {
  const [kind, setKind] = useState<CardKind>('trigger');
  return (
    <div class="flow-page">
      <Flows />
      <div class="segments" role="tablist" aria-label="Kind of card">
        {KINDS.map((one) => (
          <button
            key={one.kind}
            type="button"
            role="tab"
            aria-selected={one.kind === kind}
            title={one.about}
            onClick={() => setKind(one.kind)}
            data-testid={`cards-${one.kind}`}
          >
            {one.title}
          </button>
        ))}
      </div>
      <p class="lead">{KINDS.find((one) => one.kind === kind)?.about}</p>
      <Cards key={kind} kind={kind} />
    </div>
  );
};
