const SECRET_FIELDS =
  'password|signInName|code|code_verifier|refresh_token|access_token|id_token|csrf(?:_token)?|transId';

/** Compact tokens (JWT and JWE), form fields and query values that carry secrets, e-mail addresses. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]+(?:\.[\w-]*){1,4}/g, '[token]'],
  [
    // A code of Microsoft's that names an error is the most useful thing there is, and no secret.
    /\b(password|signInName|code(?!=AADB2C\d)|code_verifier|refresh_token|access_token|id_token|csrf(?:_token)?|tx)=[^&\s"']+/gi,
    '$1=[secret]',
  ],
  [new RegExp(`("(?:${SECRET_FIELDS})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'gi'), '$1[secret]'],
  // JSON within a text of JSON.
  [new RegExp(`(\\\\"(?:${SECRET_FIELDS})\\\\+"\\s*:\\s*\\\\+")[^"\\\\]*`, 'gi'), '$1[secret]'],
  [/\bStateProperties=[^&\s"']+/g, 'StateProperties=[secret]'],
  [/\b[Bb]earer\s+\S+/g, 'Bearer [token]'],
  // As people write them, in any script, and as forms and addresses spell them.
  [/[\p{L}\p{M}\p{N}_.+%-]{1,128}(?:@|%40)[\p{L}\p{M}\p{N}-]+\.[\p{L}\p{M}\p{N}.-]+/giu, '[e-mail]'],
];

/** Takes secrets and personal data out of a text before anything else can see it. */
export const redact = (text: string): string =>
  PATTERNS.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
