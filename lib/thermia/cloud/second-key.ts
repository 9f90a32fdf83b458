import { createHash } from 'node:crypto';

/** Twelve digits that are not all the same: some gateways have nothing but zeros to tell. */
const isAddress = (mac: string): boolean => /^(?!(.)\1*$)[0-9a-f]{12}$/.test(mac);

/**
 * What stays the same when the service numbers its installations anew, as a digest: the address itself is private. The
 * device's number counts only where there is no address, as it may be one of those that change.
 */
export const secondKey = (from: {
  readonly macAddress: string | null;
  readonly deviceId: number | null;
}): string | null => {
  const mac = (from.macAddress ?? '').toLowerCase().replace(/[^0-9a-z]/g, '');
  const device = from.deviceId ?? 0;
  const told = isAddress(mac) ? `mac ${mac}` : device > 0 ? `device ${device}` : null;
  return told === null ? null : createHash('sha256').update(told).digest('base64url').slice(0, 22);
};
