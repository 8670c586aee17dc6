import { copyStore } from '../src/store/copy.ts';

/** `npm run migrate-store -- sqlite:data/dailies.db postgres://…` */
async function main([from, to]: readonly string[]): Promise<void> {
  if (!from || !to)
    throw new Error('expected two addresses: sqlite:data/dailies.db postgres://user:password@host/database');
  const goOn = await copyStore(from, to, (table, rows) => console.log(`${table}: ${rows}`));
  console.log(`Everything is copied; ${goOn} unfinished generations go on there. Set DATABASE_URL to it and start.`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`Nothing was changed. ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
