import { fileURLToPath } from 'node:url'

import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const server = process.env.KEEPWELL_URL ?? 'http://127.0.0.1:8000'
const apiPaths = ['/accounts', '/portfolio', '/playbooks', '/actions', '/ingest', '/api', '/health', '/docs', '/redoc', '/openapi.json']

export default defineConfig({
  base: '/app/',
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { port: 5173, proxy: Object.fromEntries(apiPaths.map((path) => [path, server])) },
  build: {
    // The server's content security policy allows nothing but its own files, so no data: addresses either.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      output: {
        manualChunks: { framework: ['react', 'react-dom', 'react-router-dom', '@tanstack/react-query'] },
      },
    },
  },
  test: { include: ['src/**/*.test.ts'] },
})
