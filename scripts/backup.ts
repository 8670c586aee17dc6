/** `npm run backup -- <file>`: copies the database of a bot, which may be running. */
import { ConfigError, readConfig } from '../src/config/config.ts';
import { PROVIDERS } from '../src/providers/index.ts';
import { backUp } from '../src/store/backup.ts';

async function main(): Promise<void> {
  const [target, ...rest] = process.argv.slice(2);
  if (target === undefined || rest.length > 0) throw new Error('expected one path: npm run backup -- <file>');
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const { DATABASE_URL } = readConfig(process.env, PROVIDERS);
  await backUp(DATABASE_URL, target);
  console.log(`The database is copied to ${target}. Videos are files of their own in DATA_DIR; copy them as files.`);
}

main().catch((error: unknown) => {
  const lines =
    error instanceof ConfigError ? error.problems : [error instanceof Error ? error.message : String(error)];
  for (const line of lines) console.error(`No backup was made. ${line}`);
  process.exit(1);
});
