import { describe, expect, test } from 'vitest';
import { chooseExactly } from '../../cli/homey/choose.js';
import { shownAdvancedFlow, shownFlow } from '../../cli/homey/shown-flow.js';
import { withoutSecrets } from '../../cli/terminal/secrets.js';

const choices = [
  { id: 'a1', name: 'Good night' },
  { id: 'b2', name: 'Good night' },
  { id: 'c3', name: 'Good morning' },
];

describe('what is to be run', () => {
  test.each([
    ['c3', 'c3'],
    ['C3', 'c3'],
    ['good MORNING', 'c3'],
    ['b2', 'b2'],
  ])('%s is %s', (wanted, id) => {
    expect(chooseExactly(choices, wanted, 'Flow').id).toBe(id);
  });

  test.each([
    ['good', /no Flow "good"; there are "Good night" \(a1\), .*"Good morning" \(c3\)/],
    ['', /no Flow ""/],
  ])('%j is none: what is only like it is not taken', (wanted, sentence) => {
    expect(() => chooseExactly(choices, wanted, 'Flow')).toThrow(sentence);
  });

  test('one of two with the same name has to be named by its id', () => {
    expect(() => chooseExactly(choices, 'Good night', 'Flow')).toThrow(/"Good night" \(b2\)/);
  });

  test('without a choice that is said', () => {
    expect(() => chooseExactly([], 'x', 'zone')).toThrow('There is no zone "x"; there is none at all.');
  });
});

describe('secrets in somebody’s Flows', () => {
  const SECRET = 'Kp77-hunter2';
  const cards = [
    {
      id: 'homey:app:com.athom.homeyscript:runWithArg',
      args: { script: { id: 's', name: 's' }, argument: SECRET },
    },
    { id: 'homey:app:com.athom.homeyscript:runCode', args: { code: `login("me", "${SECRET}")` } },
    {
      id: 'homey:manager:logic:variable_set_string',
      args: { variable: { id: 'v', name: 'thermia_refresh_token' }, value: SECRET },
    },
    { id: 'homey:app:x:y', args: { password: SECRET, text: `see password=${SECRET}` } },
    {
      id: 'homey:app:x:request',
      args: { url: `http://u/?apikey=${SECRET}`, headers: `Authorization: Token ${SECRET}` },
    },
    {
      id: 'homey:app:x:request',
      args: { deep: [{ headers: `{"X-Api-Key": "${SECRET}"}`, client_secret: SECRET }] },
    },
  ];
  const flow = { id: 'f', name: `password=${SECRET}`, enabled: true };

  test.each(cards.map((card, index) => [index, card] as const))(
    'card %i does not show it',
    (_index, card) => {
      for (const shown of [
        shownFlow({ ...flow, trigger: card, conditions: [card], actions: [card] }),
        shownAdvancedFlow({ ...flow, cards: { one: card } }),
      ]) {
        expect(JSON.stringify(shown)).not.toContain(SECRET);
        expect(JSON.stringify(shown)).toContain(card.id);
      }
    },
  );

  test('what is none stays', () => {
    const harmless = {
      id: 'homey:manager:logic:lt',
      args: { comparator: 50, text: 'The key is under the mat' },
      droptoken: 'homey:manager:logic|v-tank',
    };
    expect(withoutSecrets(harmless)).toEqual(harmless);
    const off = { id: 'homey:app:com.athom.homeyscript:runWithArg', args: { argument: 'off' } };
    expect(shownFlow({ ...flow, name: 'f', actions: [off] })).toMatchObject({ actions: [off] });
  });
});
