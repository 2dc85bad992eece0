import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { fakeServer } from './dev/fakeServer.ts';

const server = 'http://127.0.0.1:7070';
const proxied = ['/api', '/prometheus', '/-/', '/openapi'];

export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss(), ...(mode === 'fake' ? [fakeServer()] : [])],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The server's policy allows no data: fonts or scripts, so nothing is inlined into the style sheet.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    proxy: mode === 'fake' ? {} : Object.fromEntries(proxied.map((path) => [path, { target: server, changeOrigin: false }])),
  },
  test: {
    // Its CommonJS build would load a second CodeMirror beside the one of the tests.
    alias: { '@prometheus-io/codemirror-promql': fileURLToPath(new URL('./node_modules/@prometheus-io/codemirror-promql/dist/esm/index.js', import.meta.url)) },
    server: { deps: { inline: [/codemirror-promql/] } },
    environment: 'jsdom',
    setupFiles: ['./src/testSetup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
}));
