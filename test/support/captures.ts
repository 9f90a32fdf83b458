import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const folder = fileURLToPath(new URL('../../../shared/captures', import.meta.url));

const Register = z.looseObject({
  registerName: z.string(),
  registerValue: z.number().nullable(),
  isReadOnly: z.boolean(),
});

/** The shape in which answers of real pumps are kept beside a checkout, where somebody has any. */
export const Capture = z.looseObject({
  installation: z.looseObject({ id: z.number(), name: z.string().nullable(), isOnline: z.boolean() }),
  status: z.looseObject({ hasIndoorTempSensor: z.boolean() }),
  registers: z.record(z.string(), z.array(Register)),
});
export type Capture = z.infer<typeof Capture>;

export interface CaptureFile {
  readonly file: string;
  readonly name: string;
  readonly capture: Capture;
}

/** Captured pumps; none where the folder is missing. */
export const captures: readonly CaptureFile[] = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({
        name,
        file: `${folder}/${name}`,
        capture: Capture.parse(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))),
      }))
  : [];

/** The value of the first of these registers that the pump reported. */
export const captured = ({ registers }: Capture, ...names: readonly string[]): number | null => {
  const all = Object.values(registers).flat();
  for (const name of names) {
    const value = all.find(({ registerName }) => registerName === name)?.registerValue;
    if (value !== undefined && value !== null) return value;
  }
  return null;
};
