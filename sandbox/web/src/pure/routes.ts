export type Route =
  | { readonly page: 'home' | 'flow' | 'insights' | 'activity' | 'pump' }
  | { readonly page: 'device'; readonly deviceId: string };

const PAGES = ['home', 'flow', 'insights', 'activity', 'pump'] as const;

/** Reads the part of the address after `#`; what is not a page leads home. */
export const parseRoute = (hash: string): Route => {
  const [page = '', id = ''] = hash.replace(/^#?\/?/, '').split('/');
  if (page === 'device' && id !== '') return { page: 'device', deviceId: decodeURIComponent(id) };
  return { page: PAGES.find((known) => known === page) ?? 'home' };
};

export const linkTo = (route: Route): string =>
  route.page === 'device' ? `#/device/${encodeURIComponent(route.deviceId)}` : `#/${route.page}`;
