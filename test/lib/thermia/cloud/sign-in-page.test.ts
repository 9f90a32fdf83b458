import { describe, expect, it } from 'vitest';
import { readSignInPage } from '../../../../lib/thermia/cloud/sign-in-page.js';

const good = {
  csrf: 'Zm9v+/=',
  transId: 'StateProperties=eyJUSUQiOiIxIn0==',
  other: { list: [1, { a: '}' }] },
};
const text = JSON.stringify(good);

const shapes: Record<string, string> = {
  'on one line of its own': `<script>\r\nvar SETTINGS = ${text};\r\n</script>`,
  'pretty-printed over many lines': `<script>var SETTINGS = ${JSON.stringify(good, null, 2)};</script>`,
  'in the middle of a line of other scripts': `<script>var A={"csrf":"no"};var SETTINGS=${text};var B={};</script>`,
  'without a semicolon': `var SETTINGS = ${text}\nvar CONTENT = {}`,
  'as a property of window': `window["SETTINGS"] = ${text};`,
  'with braces and quotes in its texts': `SETTINGS = ${JSON.stringify({ note: 'a }; b \\" { c', ...good })};`,
  'after a mention of the name': `// SETTINGS = {broken\nif (SETTINGS == {}) x(); var SETTINGS = ${text};`,
};

describe('lesson 4: the sign-in page is found by matching braces', () => {
  it.each(Object.entries(shapes))('%s', (_name, page) => {
    expect(readSignInPage(page)).toEqual({ csrf: 'Zm9v+/=', transaction: 'eyJUSUQiOiIxIn0==' });
  });

  it.each<[string, string]>([
    ['an empty page', ''],
    ['a page without it', '<html><body>Back soon</body></html>'],
    ['an object that does not end', `var SETTINGS = ${text.slice(0, -1)}`],
    ['an object that is not JSON', 'var SETTINGS = {csrf: x};'],
    ['one without csrf', 'var SETTINGS = {"transId":"StateProperties=x"};'],
    ['one whose transaction has no value', 'var SETTINGS = {"csrf":"x","transId":"StateProperties="};'],
  ])('says that there is none: %s', (_name, page) => {
    expect(readSignInPage(page)).toBeNull();
  });
});
