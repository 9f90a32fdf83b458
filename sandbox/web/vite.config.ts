import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The page as static files, for the local Homey to serve at `/`. */
export default defineConfig({
  root: at('.'),
  publicDir: false,
  // Athom's client looks for Node's global object.
  define: { global: 'globalThis' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: at('../../.build/web'),
    emptyOutDir: true,
    rolldownOptions: { input: [at('index.html'), at('pair-view.html')] },
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    // The client carries its specification, the plots their library; both come from loopback.
    chunkSizeWarningLimit: 1500,
    reportCompressedSize: false,
  },
});
