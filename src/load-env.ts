import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';

/** Takes the settings of a `.env` file in the working directory, where there is one; the environment itself wins. */
export function loadEnv(): void {
  if (existsSync('.env')) loadEnvFile('.env');
}
