/** The rooms of the house and which doors there are between them. */
const rule = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });
const PRODUCT = '^(app\\.ts|api\\.ts|lib/|drivers/|widgets/)';

module.exports = {
  forbidden: [
    rule(
      'no-cycles',
      'What needs each other belongs together.',
      { pathNot: '^sandbox/homey/sdk/' },
      { circular: true },
    ),
    rule(
      'no-cycles-at-run-time',
      'The classes of the SDK know each other by type: a Homey has drivers, and a driver its Homey.',
      { path: '^sandbox/homey/sdk/' },
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'no-orphans',
      'What nobody uses goes.',
      {
        orphan: true,
        pathNot: ['\\.d\\.ts$', '\\.test\\.ts$', '^scripts/', '/fixture-app/', 'config\\.[cm]?[jt]s$'],
      },
      {},
    ),
    rule(
      'product-stays-home',
      'Product code never imports a stand-in, the command line tool or a test.',
      { path: PRODUCT },
      { path: '^(sandbox|cli|test|scripts)/' },
    ),
    rule(
      'stand-ins-share-nothing',
      'A stand-in that shares code with what it stands in for proves nothing.',
      { path: '^sandbox/' },
      { path: PRODUCT },
    ),
    rule(
      'cli-uses-the-client-only',
      'The tool speaks to a Homey or to the client of Thermia Online.',
      { path: '^cli/' },
      { path: '^(sandbox|test|drivers|lib/homey)/' },
    ),
    rule(
      'thermia-knows-no-homey',
      'The client has its ports handed in.',
      { path: '^lib/thermia/' },
      { path: '(^lib/(homey|hot-water)/|^drivers/|node_modules/(homey|@types/homey|homey-api)/|^homey$)' },
    ),
    rule(
      'thermia-knows-no-surroundings',
      'Clock, files, sockets and processes are not for the client.',
      { path: '^lib/(thermia|hot-water)/' },
      { path: '^(node:)?(fs|child_process|timers|os|process|net|http|https)(/|$)' },
    ),
    rule(
      'pump-is-pure',
      'What a pump is does not depend on how it is reached.',
      { path: '^lib/thermia/pump/' },
      { path: '^lib/thermia/(account|cloud)/', pathNot: '^lib/thermia/cloud/wire\\.ts$' },
    ),
    rule(
      'account-knows-no-cloud',
      'The account speaks to the port only, so that another source fits.',
      { path: '^lib/thermia/account/' },
      { path: '^lib/thermia/cloud/' },
    ),
    rule(
      'cloud-knows-no-account',
      'The cloud answers; it does not poll.',
      { path: '^lib/thermia/cloud/' },
      { path: '^lib/thermia/account/' },
    ),
    rule(
      'hot-water-is-pure',
      'The plan decides from plain data.',
      { path: '^lib/hot-water/' },
      { path: '^lib/(thermia|homey)/' },
    ),
    rule(
      'adapters-need-no-homey',
      'Adapters get narrow ports, so that their tests need no Homey.',
      { path: '^lib/homey/' },
      { path: '(node_modules/homey/|^homey$)', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'homey-and-thermia-apart',
      'The two stand-ins meet over HTTP only.',
      { path: '^sandbox/homey/' },
      { path: '^sandbox/thermia-online/' },
    ),
    rule(
      'thermia-and-homey-apart',
      'The two stand-ins meet over HTTP only.',
      { path: '^sandbox/thermia-online/' },
      { path: '^sandbox/homey/' },
    ),
    rule(
      'ships-only-what-is-declared',
      'Product code may use production dependencies only.',
      { path: PRODUCT },
      {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        dependencyTypesNot: ['type-only'],
        pathNot: 'node_modules/(@types/)?homey/',
      },
    ),
    rule('resolvable', 'Every import leads somewhere.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.homeybuild|\\.build|coverage)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.dev.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
