import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { modulesOf } from './vite.modules.ts';

/** The staff console, a React application served under `/console/`. */
export async function buildConsole(root: string, output: string): Promise<readonly string[]> {
  const results = await build({
    root: join(root, 'src/web/console'),
    base: '/console/',
    configFile: false,
    mode: 'production',
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: output,
      emptyOutDir: false,
      target: 'es2022',
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1200,
    },
  });
  return modulesOf(results);
}
