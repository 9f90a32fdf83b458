/** The login page in the shapes it has had, could have, and must not be mistaken for. */
export const PAGE_SHAPES = [
  'one-line',
  'multi-line',
  'behind-scripts',
  'braces-in-strings',
  'interstitial',
] as const;
export type PageShape = (typeof PAGE_SHAPES)[number];

export interface PageFacts {
  readonly csrf: string;
  readonly transId: string;
  readonly tenant: string;
  readonly policy: string;
}

const html = (head: string, body = ''): string =>
  `<!DOCTYPE html>\r\n<html lang="en"><head><meta charset="utf-8"><title>Sign in</title>${head}</head>\r\n<body>${body}<noscript>JavaScript is required to sign in.</noscript></body></html>\r\n`;

const settings = ({ csrf, transId, tenant, policy }: PageFacts): Record<string, unknown> => ({
  remoteResource: 'https://example.com/login/unified.html',
  retryLimit: 3,
  trimSpacesInPassword: true,
  api: 'CombinedSigninAndSignup',
  csrf,
  transId,
  pageViewId: 'b8d6a5a1-6d9d-4a35-bf3e-000000000000',
  suppressElementCss: false,
  isPageViewIdSentWithHeader: false,
  allowAutoFocusOnPasswordField: true,
  pageMode: 0,
  config: { showSignupLink: 'True', sendHintOnSignup: 'False', includePasswordRequirements: 'true' },
  hosts: { tenant: `/${tenant}/${policy}`, policy, static: 'https://example.com/static/' },
  locale: { lang: 'en', country: 'US' },
  xhrSettings: { retryEnabled: true, retryMaxAttempts: 3, retryDelay: 200, retryExponent: 2 },
});

const content =
  'var CONTENT = {"heading":"Sign in","unknown_error":"We are having trouble signing you in."};';

const SHAPES: Readonly<Record<PageShape, (facts: PageFacts) => string>> = {
  'one-line': (facts) =>
    html(`<script data-container="true">\r\nvar SETTINGS = ${JSON.stringify(settings(facts))};\r\n</script>`),
  'multi-line': (facts) =>
    html(
      `<script>\n  var SETTINGS = ${JSON.stringify(settings(facts), null, 4).replaceAll('\n', '\n  ')};\n</script>`,
    ),
  'behind-scripts': (facts) =>
    html(
      `<script>var CP={"list":[]};</script>\n<script>${content}</script><script>window.staticHost="https://example.com";if(window.staticHost){var ready=function(){return {};};}var SA_FIELDS={"AttributeFields":[{"ID":"signInName"}]};${content}var SETTINGS=${JSON.stringify(settings(facts))};var AFTER={"csrf":"not-this-one"};</script>`,
    ),
  'braces-in-strings': (facts) =>
    html(
      `<script>\nvar SETTINGS = ${JSON.stringify({
        note: 'closing }; and "quoted }" and \\ } within a string',
        template: '{{heading}};',
        ...settings(facts),
        tail: '};',
      })};\n</script>`,
    ),
  interstitial: () => html('', '<h1>We will be back shortly</h1><p>The service is being updated.</p>'),
};

export const loginPage = (shape: PageShape, facts: PageFacts): string => SHAPES[shape](facts);

/** A page of the policy as well, with settings for its own script. */
export const consentPage = (facts: PageFacts): string =>
  html(
    `<script data-container="true">\r\nvar SETTINGS = ${JSON.stringify({ ...settings(facts), api: 'SelfAsserted' })};\r\n</script>`,
    '<h1>Updated terms</h1><p>We have updated our privacy policy. Please read and accept it to continue.</p><button id="continue">Accept</button>',
  );

export const errorPage = (text: string): string =>
  html(
    '',
    `<h1>Sorry, but we are having trouble signing you in.</h1><p>${text.replaceAll('\r\n', '<br>')}</p>`,
  );
