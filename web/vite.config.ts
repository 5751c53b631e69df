import { fileURLToPath } from 'node:url';

/// <reference types="vitest/config" />
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { themes } from './tools/themes.ts';

const service = process.env.STRIKEOFF_SERVICE ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), themes()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    target: 'es2022',
    // Nothing as a data: address, which the content security policy would have to allow.
    assetsInlineLimit: 0,
    // A script of its own would be an inline one.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1500,
  },
  worker: { format: 'es' },
  server: {
    proxy: {
      '/api': { target: service, ws: true },
      '/transcripts': service,
      '/.well-known': service,
    },
  },
});
