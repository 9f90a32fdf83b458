/** Compact tokens (JWT and JWE), form fields and query values that carry secrets, e-mail addresses. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]+(?:\.[\w-]*){1,4}/g, '[token]'],
  [
    // A code of Microsoft's that names an error is the most useful thing there is, and no secret.
    /\b(password|code(?!=AADB2C\d)|code_verifier|refresh_token|access_token|id_token|csrf(?:_token)?|tx)=[^&\s"']+/gi,
    '$1=[secret]',
  ],
  [/("(?:password|code|refresh_token|access_token|id_token|csrf)"\s*:\s*")[^"]*/gi, '$1[secret]'],
  [/\bStateProperties=[^&\s"']+/g, 'StateProperties=[secret]'],
  [/\b[Bb]earer\s+\S+/g, 'Bearer [token]'],
  [/[\w.+-]+@[\w-]+\.[\w.-]+/g, '[e-mail]'],
];

/** Takes secrets and personal data out of a text before anything else can see it. */
export const redact = (text: string): string =>
  PATTERNS.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
