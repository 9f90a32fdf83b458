import type { JSX } from 'preact';
import type { Capability } from '../client/schemas.js';

/** Line drawings on a 24 by 24 field. */
const PATHS = {
  home: 'M4 11.2 12 4.5l8 6.7V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z',
  flow: 'M6 7.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM18 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM6 20.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 5.5h3.5a2.5 2.5 0 0 1 2.5 2.5v1.5A2.5 2.5 0 0 0 16 12M8 18.5h3.5a2.5 2.5 0 0 0 2.5-2.5v-1.5A2.5 2.5 0 0 1 16 12',
  chart: 'M4 19.5h16M5.5 15.5l4-5 3.5 3 5.5-7.5',
  bell: 'M6.5 16.5V11a5.5 5.5 0 0 1 11 0v5.5l1.5 1.5H5zM10 20.5h4',
  wrench:
    'M14.5 6.5a4 4 0 0 1 5-1l-2.7 2.7.3 1.9 1.9.300 2.4-2.4a4 4 0 0 1-5.3 4.6L9.5 19.2a2 2 0 1 1-2.7-2.7l6.6-6.6a4 4 0 0 1 1.1-3.4z',
  pump: 'M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5zM9.5 15.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM9.5 12V8.5M9.5 12l3 1.7M9.5 12l-3 1.7M16.5 9h.01M16.5 12h.01',
  drop: 'M12 3.8c3.4 4.2 5.8 7.1 5.8 10.4a5.8 5.8 0 0 1-11.6 0C6.2 10.9 8.6 8 12 3.8z',
  thermometer: 'M10 13.6V6a2 2 0 1 1 4 0v7.6a4 4 0 1 1-4 0zM12 9.5v7',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 3v1.7M12 19.3V21M21 12h-1.7M4.7 12H3M18.4 5.6l-1.2 1.2M6.8 17.2l-1.2 1.2M18.4 18.4l-1.2-1.2M6.8 6.8 5.6 5.6',
  moon: 'M19.5 14.2A7.8 7.8 0 0 1 9.8 4.5a7.8 7.8 0 1 0 9.7 9.7z',
  contrast: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 4v16',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  back: 'M14.5 5.5 8 12l6.5 6.5',
  forward: 'M9.5 5.5 16 12l-6.5 6.5',
  close: 'M6 6l12 12M18 6 6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  warning: 'M12 4.5 21 19.5H3zM12 10v4.5M12 17.2h.01',
  plug: 'M9 4v4M15 4v4M6.5 8h11v3.5a5.5 5.5 0 0 1-11 0zM12 17v3.5',
  trash: 'M5 7h14M10 7V4.5h4V7M7 7l.8 12.5h8.4L17 7M10.5 10.5v5.5M13.5 10.5v5.5',
  gear: 'M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4zM12 3.5l1 2.6 2.4 1 2.6-1.1 1.4 2.4-1.7 2.2v2.8l1.7 2.2-1.4 2.4-2.6-1.1-2.4 1-1 2.6-1-2.6-2.4-1-2.6 1.1-1.4-2.4 1.7-2.2v-2.8L4.6 8.4 6 6l2.6 1.1 2.4-1z',
  play: 'M8 5.5v13l10.5-6.5z',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.5V12l3 2',
  info: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 11.5V16M12 8.2h.01',
  fan: 'M12 12m-1.5 0a1.5 1.5 0 1 0 3 0 1.5 1.5 0 1 0-3 0M12 10.5C9 9 9.5 4.5 12.5 4.5s3.5 3.5-.5 6M13.5 12c1.5-3 6-2.5 6 .5s-3.5 3.5-6-.5M12 13.5c3 1.5 2.5 6-.5 6s-3.5-3.5.5-6M10.5 12c-1.5 3-6 2.5-6-.5S8 8 10.5 12',
  bolt: 'M13 3.5 6 13.5h5l-1 7 7-10h-5z',
  number: 'M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h15.5M4 15h15.5',
  cloud: 'M7.5 18.5a4 4 0 0 1-.5-8 5.5 5.5 0 0 1 10.6 1.3 3.4 3.4 0 0 1-.6 6.7z',
  snow: 'M12 3.5v17M4.6 7.8l14.8 8.4M19.4 7.8 4.6 16.2',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name, size = 22 }: { name: IconName; size?: number }): JSX.Element => (
  <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);

const BY_CAPABILITY: readonly (readonly [RegExp, IconName])[] = [
  [/outdoor|brine|cooling|snow|defrost/, 'snow'],
  [/hot_water|^measure_temperature$|^onoff$/, 'drop'],
  [/temperature/, 'thermometer'],
  [/connectivity/, 'cloud'],
  [/^alarm/, 'warning'],
  [/hours|time/, 'clock'],
  [/compressor|pump|fan/, 'fan'],
  [/aux|heater|power|current|boost/, 'bolt'],
];

const iconOf = (capabilityId: string): IconName =>
  BY_CAPABILITY.find(([pattern]) => pattern.test(capabilityId))?.[1] ?? 'number';

/** A drawing that came with the app, in the colour of the text around it. */
export const MaskIcon = ({ url, size = 28 }: { url: string; size?: number }): JSX.Element => {
  const image = `url("${encodeURI(url).replaceAll('"', '%22')}")`;
  return (
    <span
      class="mask-icon"
      aria-hidden="true"
      style={{ width: `${size}px`, height: `${size}px`, maskImage: image, WebkitMaskImage: image }}
    />
  );
};

export const CapabilityIcon = ({
  capability,
  size = 22,
}: {
  capability: Capability;
  size?: number;
}): JSX.Element =>
  capability.iconObj?.url === undefined ? (
    <Icon name={iconOf(capability.id)} size={size} />
  ) : (
    <MaskIcon url={capability.iconObj.url} size={size} />
  );
