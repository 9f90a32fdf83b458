/** For the top of a bundle: CommonJS inside an ES module asks for `require`. */
export const REQUIRE =
  "import { createRequire as createRequireOfModule } from 'node:module';\nconst require = createRequireOfModule(import.meta.url);";
