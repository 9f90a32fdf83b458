import { describe, expect, it } from 'vitest';
import {
  drawnBy,
  FoundDevice,
  nextView,
  optionText,
  PairView,
  previousView,
  USUAL_VIEWS,
} from '../../../sandbox/web/src/pure/pair-views.js';

const views = [
  { id: 'start' },
  { id: 'sign_in', template: 'login_credentials', navigation: { prev: 'start', next: 'done' } },
  { id: 'token', navigation: { prev: 'start' } },
  { id: 'done', template: 'done' },
].map((view) => PairView.parse(view));

describe('the views of a session', () => {
  it('lead where they say, else to the one after', () => {
    expect(views.map(({ id }) => nextView(views, id))).toEqual(['sign_in', 'done', 'done', null]);
    expect(views.map(({ id }) => previousView(views, id))).toEqual([null, 'start', 'start', null]);
  });

  it('are drawn by the Homey, by the app, or not at all', () => {
    expect(views.map(drawnBy)).toEqual(['custom', 'login_credentials', 'custom', 'done']);
    expect(drawnBy(PairView.parse({ id: 'x', template: 'login_oauth2' }))).toBe('unknown');
    expect(USUAL_VIEWS.map(drawnBy)).toEqual(['login_credentials', 'list_devices', 'add_devices']);
  });

  it('have options in one language or in several', () => {
    const view = PairView.parse({
      id: 'x',
      options: { title: { en: 'Sign in', sv: 'Logga in' }, plain: 'Plain', odd: 7 },
    });
    expect(['title', 'plain', 'odd', 'none'].map((name) => optionText(view, name, 'else'))).toEqual([
      'Sign in',
      'Plain',
      'else',
      'else',
    ]);
  });

  it('pass a found device on with everything the driver put into it', () => {
    const found = { name: 'Pump', data: { id: '7' }, store: { a: 1 }, capabilities: ['onoff'] };
    expect(FoundDevice.parse(found)).toEqual(found);
  });
});
