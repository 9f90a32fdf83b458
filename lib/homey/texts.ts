import { ThermiaError, type ErrorKind } from '../thermia/errors.js';
import { readableName } from './names.js';
import { inLanguage, settingLabel, titleOf, valuesOf, type Manifest } from './manifest.js';
import { capabilityOfControl } from './capabilities.js';

export type Tags = Readonly<Record<string, string | number>>;

/** The Homey's own translations: `homey.__`, its language and its zone. */
export interface Language {
  translate(key: string, tags?: Tags): string | null;
  language(): string;
  timeZone(): string;
}

/** Everything the app says, in the person's language. */
export interface Texts {
  say(key: string, tags?: Tags): string;
  /** Why something did not work and what to do, as one or two sentences. */
  error(error: unknown): string;
  kind(kind: ErrorKind): string;
  /** A moment in the Homey's own zone. */
  time(ms: number): string;
  /** A moment near `now` in the Homey's own zone: `22:00`, with the weekday where it is another day, with the date where it is far. */
  soon(ms: number, now: number): string;
  number(value: number): string;
  /** The Homey's own zone, an IANA name. */
  zone(): string;
  capability(id: string): string;
  /** The label of a device setting. */
  setting(id: string): string;
  value(capability: string, value: boolean | number | string | null): string;
  /** The name of something that can be written. */
  control(id: string): string;
}

const WEEK_MS = 6 * 86_400_000;

const soon = (ms: number, now: number, language: string, timeZone: string): string => {
  const in24Hours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  const dayOf = (at: number): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);
  const day =
    dayOf(ms) === dayOf(now)
      ? {}
      : Math.abs(ms - now) < WEEK_MS
        ? ({ weekday: 'short' } as const)
        : ({ day: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(language, { ...in24Hours, ...day }).format(ms);
};

export const createTexts = (homey: Language, manifest: Manifest): Texts => {
  const say = (key: string, tags?: Tags): string => homey.translate(key, tags) ?? key;
  const capability = (id: string): string => inLanguage(titleOf(manifest, id), homey.language());
  return {
    say,
    capability,
    setting: (id) => inLanguage(settingLabel(manifest, id) ?? readableName(id), homey.language()),
    kind: (kind) => say(kind === 'out_of_range' ? 'errors.out_of_range_unknown' : `errors.${kind}`),
    error(error) {
      if (!(error instanceof ThermiaError)) return say('errors.unexpected');
      if (error.kind !== 'out_of_range') return say(`errors.${error.kind}`);
      return error.facts.limits === undefined
        ? say('errors.out_of_range_unknown')
        : say('errors.out_of_range', error.facts.limits);
    },
    time: (ms) =>
      new Intl.DateTimeFormat(homey.language(), {
        timeZone: homey.timeZone(),
        dateStyle: 'medium',
        timeStyle: 'short',
      }).format(ms),
    soon: (ms, now) => soon(ms, now, homey.language(), homey.timeZone()),
    number: (value) => new Intl.NumberFormat(homey.language(), { maximumFractionDigits: 2 }).format(value),
    zone: () => homey.timeZone(),
    value(id, value) {
      if (value === null) return say('settings.unknown');
      if (typeof value === 'boolean') return say(value ? 'values.on' : 'values.off');
      if (typeof value === 'number') return String(value);
      const known = valuesOf(manifest, id).find((one) => one.id === value);
      return known === undefined ? readableName(value) : inLanguage(known.title, homey.language());
    },
    control(id) {
      const shown = capabilityOfControl(id);
      if (shown !== null) return capability(shown);
      const [family = '', name = ''] = id.split(/\.(.*)/s);
      if (family !== 'curve') return readableName(name === '' ? id : name);
      return homey.translate(`curve.${name}`) ?? readableName(name);
    },
  };
};

/** An error whose message is for the person who waits, in that person's language. */
export class Sentence extends Error {}

/** What went wrong as the error that a Homey shows to the person. What is one already stays as it is. */
export const inWords = (texts: Pick<Texts, 'error'>, error: unknown): Sentence =>
  error instanceof Sentence ? error : new Sentence(texts.error(error), { cause: error });

/** What comes of something; what goes wrong with it as a {@link Sentence}. */
export const orSentence = <T>(texts: Pick<Texts, 'error'>, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw inWords(texts, error);
  });
