import { startDailies } from './app.ts';
import { ConfigError, readConfig, secretsOf } from './config/config.ts';
import { createLog, createScrub } from './lib/log.ts';
import { PROVIDERS, providerKind } from './providers/index.ts';

/** Reads a `.env` file in the working folder, if there is one; variables that are set already go before it. */
function loadEnvFile(): void {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

/** What is printed past the log is without secrets too, as soon as those are known. */
let scrub = createScrub([]);

async function main(): Promise<void> {
  loadEnvFile();
  const config = readConfig(process.env, PROVIDERS);
  const log = createLog(config.LOG_LEVEL, secretsOf(config, PROVIDERS));
  scrub = createScrub(secretsOf(config, PROVIDERS));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was rejected and nobody looked'));
  // Nobody knows in which state the process is then; the next start goes on from what is stored.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'the process ends because of an error that nobody caught');
    process.exit(1);
  });
  let stop = async () => {};
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping; what is unfinished goes on after the next start');
    void stop().then(() => process.exit(0));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  const dailies = await startDailies(config, { log });
  stop = () => dailies.stop();
  if (stopping) return onSignal('SIGTERM');
  const where = dailies.playground ? `The playground is at ${dailies.url}` : `Health and metrics are at ${dailies.url}`;
  const who = providerKind(config.PROVIDER).title;
  console.log(`Dailies is ready. ${where}. Videos come from ${who}.`);
}

main().catch((error: unknown) => {
  // One plain line a problem; the cause is for whoever asks for it with LOG_LEVEL=debug.
  const lines =
    error instanceof ConfigError ? error.problems : [error instanceof Error ? error.message : String(error)];
  for (const line of lines) console.error(scrub(`Dailies cannot start. ${line}`));
  process.exit(1);
});
