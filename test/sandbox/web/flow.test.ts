import { describe, expect, it } from 'vitest';
import { Card, listOf } from '../../../sandbox/web/src/client/schemas.js';
import { cardFailure, cardResult } from '../../../sandbox/web/src/pure/card-result.js';
import { groupCards, initialArgument, invert, titleParts } from '../../../sandbox/web/src/pure/card-title.js';
import { card } from './make.js';

const words = (fields: Readonly<Record<string, unknown>>): string[] =>
  titleParts(card(fields)).map((part) => (part.kind === 'text' ? part.text : `<${part.argument.name}>`));

describe('a card as a sentence', () => {
  it('has its arguments in place', () => {
    expect(
      words({
        titleFormatted: 'Turn off for [[hours]] hours, at most to [[limit]]°',
        args: [
          { name: 'device', type: 'device' },
          { name: 'hours', type: 'number' },
          { name: 'limit', type: 'number' },
        ],
      }),
    ).toEqual(['Turn off for', '<hours>', 'hours, at most to', '<limit>', '°']);
  });

  it('shows an argument that the sentence forgot, and no device', () => {
    expect(
      words({
        title: 'Set',
        titleFormatted: 'Set [[device]]',
        args: [
          { name: 'device', type: 'device' },
          { name: 'mode', type: 'dropdown' },
        ],
      }),
    ).toEqual(['Set', '<mode>']);
  });

  it('reads a condition the right way round', () => {
    expect(invert("Hot water !{{is|isn't}} on")).toBe('Hot water is on');
    expect(invert("Hot water !{{is|isn't}} on", true)).toBe("Hot water isn't on");
  });

  it('starts a dropdown with its first value, and a number with the one that is suggested or within its limits', () => {
    const { args } = card({
      args: [
        { name: 'mode', type: 'dropdown', values: [{ id: 'auto', label: 'Auto' }] },
        { name: 'target', type: 'number', min: 10 },
        { name: 'limit', type: 'number', min: -50, placeholder: '21.5' },
        { name: 'sensor', type: 'autocomplete' },
      ],
    });
    expect(args.map(initialArgument)).toEqual(['auto', 10, 21.5, undefined]);
  });
});

describe('cards of a Homey', () => {
  it('stand under the name of their device, devices first', () => {
    const groups = groupCards(
      [
        card({ id: 'a', ownerUri: 'homey:manager:logic', ownerName: 'Logic' }),
        card({ id: 'b', ownerUri: 'homey:app:x', ownerName: 'Thermia' }),
        card({ id: 'c', ownerUri: 'homey:device:1', ownerName: 'old name' }),
        card({ id: 'd', ownerUri: 'homey:device:1', deprecated: true }),
      ],
      new Map([['homey:device:1', 'Pump in the cellar']]),
    );
    expect(groups.map(({ name, cards }) => [name, cards.map(({ id }) => id)])).toEqual([
      ['Pump in the cellar', ['c']],
      ['Thermia', ['b']],
      ['Logic', ['a']],
    ]);
  });
});

describe('the result of a card', () => {
  it('tells yes from no, bare or wrapped', () => {
    expect(cardResult('condition', true, 5).tone).toBe('good');
    expect(cardResult('condition', { result: false }, 5).tone).toBe('info');
    expect(cardResult('condition', undefined, 5).tone).toBe('bad');
  });

  it('says how long an action took and what it gave', () => {
    expect(cardResult('action', undefined, 10).text).toBe('Done, at once.');
    expect(cardResult('action', { value: 42 }, 4210).text).toBe('Done, after 4.2 s. value = 42');
  });

  it('passes a refusal on as a sentence', () => {
    expect(cardFailure(new Error('the pump is offline')).text).toBe('The pump is offline.');
  });
});

describe('the cards that a Homey answers', () => {
  it('are listed with their tags, whether those come as ids or as names', () => {
    const raw = (id: string, tokens: unknown) => ({ id, ownerUri: 'homey:device:1', title: id, tokens });
    const cards = listOf(Card, {
      plain: raw('plain', null),
      ids: raw('ids', [{ id: 'reason', type: 'string', title: 'Reason', example: 'cold' }]),
      names: raw('names', [{ name: 'reason', title: { en: 'Reason' } }]),
    });
    expect(cards.map(({ id, tokens }) => [id, tokens])).toEqual([
      ['plain', []],
      ['ids', [{ id: 'reason', title: 'Reason' }]],
      ['names', [{ id: 'reason', title: 'Reason' }]],
    ]);
  });
});
