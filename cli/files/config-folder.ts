import envPaths from 'env-paths';

/** The folder of this person's sign-ins: the platform's place for it, or `THERMIA_CONFIG_DIR`. */
export const configFolder = (env: Readonly<Record<string, string | undefined>>): string => {
  const given = env['THERMIA_CONFIG_DIR'];
  return given !== undefined && given !== '' ? given : envPaths('thermia', { suffix: '' }).config;
};
