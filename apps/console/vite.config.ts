import { defineConfig } from 'vite';

/** `npm run dev` talks to a gateway on this machine. */
const GATEWAY = 'http://127.0.0.1:8081';

export default defineConfig({
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  server: { proxy: { '/api': GATEWAY, '/sign-in': GATEWAY } },
});
