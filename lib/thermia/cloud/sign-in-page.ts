import * as z from 'zod';

/** What the sign-in page tells its own script, and a client needs to go on. */
export interface PageSettings {
  readonly csrf: string;
  /** `tx` of the next requests: everything after the first `=` of `transId`. */
  readonly transaction: string;
}

const settingsSchema = z.object({ csrf: z.string().min(1), transId: z.string().regex(/^[^=]+=./) });

/** The text from an opening brace to the one that closes it; braces in strings do not count. */
const objectAt = (text: string, start: number): string | null => {
  let depth = 0;
  let quote = false;
  for (let at = start; at < text.length; at += 1) {
    const char = text[at];
    if (quote) {
      if (char === '\\') at += 1;
      else if (char === '"') quote = false;
    } else if (char === '"') quote = true;
    else if (char === '{') depth += 1;
    else if (char === '}') {
      depth -= 1;
      if (depth === 0) return text.slice(start, at + 1);
    }
  }
  return null;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const ASSIGNMENT = /\bSETTINGS\b["'\]]*\s*=\s*(?=\{)/g;

/** Whether a page comes from the sign-in service at all, whatever it asks for. */
export const isSignInService = (html: string): boolean => html.search(ASSIGNMENT) >= 0;

/** Finds the page's `SETTINGS` wherever it stands and whatever stands around it; null where there is none to use. */
export const readSignInPage = (html: string): PageSettings | null => {
  for (const match of html.matchAll(ASSIGNMENT)) {
    const object = objectAt(html, match.index + match[0].length);
    const settings = settingsSchema.safeParse(object === null ? null : parse(object));
    if (settings.success) {
      const { csrf, transId } = settings.data;
      return { csrf, transaction: transId.slice(transId.indexOf('=') + 1) };
    }
  }
  return null;
};
