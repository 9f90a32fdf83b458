// The process of the app. The SDK's TypeScript comes through an isolated loader; the app itself is loaded by plain Node,
// which is why its `import` stands here and not in the TypeScript.
import { tsImport } from 'tsx/esm/api';

process.once('disconnect', () => process.exit(0));
const { run } = await tsImport('./run.ts', import.meta.url);
run((url) => import(url));
