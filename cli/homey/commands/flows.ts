import pc from 'picocolors';
import * as z from 'zod';
import type { Leaf } from '../../leaf.js';
import { Problem } from '../../problem.js';
import { shown } from '../../terminal/format.js';
import { shownValue } from '../../terminal/secrets.js';
import { chooseExactly, isCalled } from '../choose.js';
import type { Homey } from '../client.js';
import { allDevices, isHeatPump, type Device } from '../devices.js';
import { allAdvancedFlows, allCards, allFlows, type Card, type CardKind } from '../flows.js';
import { shownAdvancedFlow, shownFlow } from '../shown-flow.js';
import { withHomey } from '../sign-in.js';

const KINDS = ['trigger', 'condition', 'action'] as const;

const FlowsOptions = z.object({ cards: z.union([z.string(), z.boolean()]).default(false) });

const argumentsOf = ({ args }: Card): string =>
  (args ?? [])
    .map(({ name, type, values }) => `${name}=${values?.map(({ id }) => id).join('|') ?? `<${type}>`}`)
    .join(' ');

/** The words of a condition without those for its opposite. */
const titleOf = ({ title, id }: Card): string => (title ?? id).replace(/!?\{\{([^|}]*)\|[^}]*\}\}/g, '$1');

const ownerOf = ({ id }: Card, devices: readonly Device[]): string => {
  const device = devices.find((each) => id.startsWith(`homey:device:${each.id}:`));
  return device?.name ?? id.split(':')[2] ?? '–';
};

export const flows: Leaf<z.output<typeof FlowsOptions>> = {
  usage: 'flows',
  summary: 'list the Flows, or the cards that Flows are made of',
  details: 'The ids of action cards are what `thermia homey run` takes.',
  examples: ['thermia homey flows', 'thermia homey flows --cards hot_water'],
  options: [
    { flags: '--cards [text]', means: 'list the cards instead, those with this text in their id or title' },
  ],
  schema: FlowsOptions,
  run: (shell, { cards: wanted }) =>
    withHomey(shell, async (homey) => {
      if (wanted !== false) {
        const text = typeof wanted === 'string' ? wanted.toLowerCase() : '';
        const found: (Card & { kind: CardKind })[] = [];
        for (const kind of KINDS) {
          for (const card of await allCards(homey, kind)) {
            if (`${card.id} ${card.title ?? ''}`.toLowerCase().includes(text)) found.push({ kind, ...card });
          }
        }
        const devices = await allDevices(homey);
        if (shell.out.json) shell.out.data(found);
        else {
          shell.out.print(
            shell.out.table(
              ['Kind', 'Owner', 'Card', 'Arguments', 'Id'],
              found.map((card) => [
                card.kind,
                ownerOf(card, devices),
                titleOf(card),
                argumentsOf(card),
                pc.dim(card.id),
              ]),
            ),
          );
        }
        return;
      }
      const simple = await allFlows(homey);
      const advanced = await allAdvancedFlows(homey);
      if (shell.out.json) {
        shell.out.data([
          ...simple.map((flow) => ({ kind: 'Flow', ...shownFlow(flow) })),
          ...advanced.map((flow) => ({ kind: 'Advanced Flow', ...shownAdvancedFlow(flow) })),
        ]);
        return;
      }
      const all = [
        ...simple.map((flow) => ({ kind: 'Flow', ...flow })),
        ...advanced.map((flow) => ({ kind: 'Advanced Flow', ...flow })),
      ];
      if (all.length === 0) shell.out.print('There are no Flows on this Homey.');
      else {
        shell.out.print(
          shell.out.table(
            ['Name', 'Kind', 'State', 'Id'],
            all.map(({ name, kind, enabled, broken, id }) => [
              shownValue('', name),
              kind,
              broken === true ? pc.red('broken') : enabled ? pc.green('enabled') : 'disabled',
              pc.dim(id),
            ]),
          ),
        );
      }
    }),
};

/** By whole id; by the last part of it where only one has that. A heat pump's card comes before another device's. */
const findCard = async (homey: Homey, cards: readonly Card[], wanted: string): Promise<Card | undefined> => {
  const exact = cards.find(({ id }) => id === wanted);
  if (exact !== undefined) return exact;
  const named = cards.filter(({ id }) => id.endsWith(`:${wanted}`));
  if (named.length <= 1) return named[0];
  const pumps = (await allDevices(homey)).filter(isHeatPump);
  const own = named.filter(({ id }) => pumps.some((pump) => id.startsWith(`homey:device:${pump.id}:`)));
  const [only] = own;
  if (only !== undefined && own.length === 1) return only;
  throw new Problem(
    'usage',
    `Several cards end with ${wanted}: give the whole id, one of ${named.map(({ id }) => id).join(', ')}.`,
  );
};

const Choices = z.array(z.looseObject({ id: z.unknown().optional(), name: z.string() }));

/** What was typed for an argument, as the card wants it. */
const argument = async (
  homey: Homey,
  kind: CardKind,
  card: Card,
  [name, text]: readonly [string, string],
): Promise<unknown> => {
  const wanted = card.args?.find((each) => each.name === name);
  if (wanted === undefined) {
    const has = argumentsOf(card);
    throw new Problem('usage', `The card has no argument ${name}; it has ${has === '' ? 'none' : has}.`);
  }
  switch (wanted.type) {
    case 'number':
    case 'range': {
      const value = Number(text.replace(',', '.'));
      if (text === '' || !Number.isFinite(value))
        throw new Problem('usage', `${name} takes a number, and "${text}" is none.`);
      return value;
    }
    case 'checkbox':
      if (text !== 'true' && text !== 'false') throw new Problem('usage', `${name} takes true or false.`);
      return text === 'true';
    case 'autocomplete': {
      const offered = async (query: string) =>
        Choices.parse(
          await homey.call('flow', 'getFlowCardAutocomplete', {
            id: card.id,
            type: `flowcard${kind}`,
            name,
            query,
            args: {},
          }),
        );
      const like = await offered(text);
      // An id is not like a name, and who named nothing that is there wants to know what is.
      return chooseExactly(like.some(isCalled(text)) ? like : await offered(''), text, name);
    }
    default:
      return text;
  }
};

const collect = (text: string): readonly [string, string] => {
  const at = text.indexOf('=');
  if (at < 1) throw new Problem('usage', `An argument is NAME=VALUE, and "${text}" is not.`);
  return [text.slice(0, at), text.slice(at + 1)];
};

const RunOptions = z.object({
  arg: z.array(z.string()).default([]),
  condition: z.boolean().default(false),
  flow: z.boolean().default(false),
});

export const run: Leaf<z.output<typeof RunOptions>> = {
  usage: 'run <card>',
  summary: 'run an action card, ask a condition card, or start a Flow',
  details:
    'CARD is the id of a card, or its last part where only the heat pump has such a card; see `thermia homey flows --cards`. With --flow it is the name or id of a Flow.',
  examples: [
    'thermia homey run hot_water_boost_for --arg minutes=60',
    'thermia homey run is_doing --condition --arg activity=heating',
    'thermia homey run --flow "Good night"',
  ],
  options: [
    { flags: '--arg <name=value...>', means: 'arguments of the card' },
    { flags: '--condition', means: 'CARD is a condition: prints yes or no' },
    { flags: '--flow', means: 'CARD is a Flow: starts it' },
  ],
  schema: RunOptions,
  run: (shell, { arg, condition, flow }, [wanted = '']) =>
    withHomey(shell, async (homey) => {
      const { out } = shell;
      if (flow) {
        const simple = (await allFlows(homey)).map(({ id, name }) => ({
          id,
          name,
          operation: 'triggerFlow',
        }));
        const advanced = (await allAdvancedFlows(homey)).map(({ id, name }) => ({
          id,
          name,
          operation: 'triggerAdvancedFlow',
        }));
        const found = chooseExactly([...simple, ...advanced], wanted, 'Flow');
        await homey.call('flow', found.operation, { id: found.id });
        if (out.json) out.data({ flow: found.id, started: true });
        else out.print(`Started the Flow ${found.name}.`);
        return;
      }
      const kind = condition ? 'condition' : 'action';
      const card = await findCard(homey, await allCards(homey, kind), wanted);
      if (card === undefined) {
        throw new Problem(
          'not_found',
          `There is no ${kind} card ${wanted}: see \`thermia homey flows --cards\`.`,
        );
      }
      const args: Record<string, unknown> = {};
      for (const each of arg.map(collect)) args[each[0]] = await argument(homey, kind, card, each);
      const operation = condition ? 'runFlowCardCondition' : 'runFlowCardAction';
      const answer = await homey.call('flow', operation, { id: card.id, args });
      if (condition) {
        const result = z
          .union([z.boolean(), z.object({ result: z.boolean() }).transform((each) => each.result)])
          .parse(answer);
        if (out.json) out.data({ card: card.id, result });
        else out.print(result ? 'yes' : 'no');
      } else if (out.json) out.data({ card: card.id, done: true, answer: answer ?? null });
      else {
        const told =
          answer === undefined || answer === null || answer === '' || answer === true
            ? ''
            : ` It answered ${shown(answer)}.`;
        out.print(`Done: ${titleOf(card)}.${told}`);
      }
    }),
};
