import { type Kysely, sql } from 'kysely';

/** Cards that are in memory at a time. */
const BATCH = 200;

/** The last moment that a `Date` can hold, in ms. */
const LAST_MOMENT = 8.64e15;

const MARKS =
  /\u0002(?:(?<time>\d{1,16}):(?<style>relative|time|date)|(?<mention>member|role|channel):(?<id>[\w:/-]+))\u0003/g;

/** The texts of the playground's cards as parts; until now control characters stood around moments and mentions. */
export const cardTexts = {
  // A migration works on the schema of its own time, which today's types do not describe.
  async up(db: Kysely<never>) {
    for (let last: number | string = 0, more = true; more; ) {
      // JSON writes the mark as `\u0002`. Without its backslash, which only Postgres takes for an escape in a pattern.
      const { rows } = await sql<{ position: number | string; card: string }>`
        select position, card from web_messages where position > ${last} and card like '%u0002%'
        order by position limit ${BATCH}`.execute(db);
      for (const { position, card } of rows) {
        const read: unknown = JSON.parse(card, (_, value) => (typeof value === 'string' ? partsOf(value) : value));
        await sql`update web_messages set card = ${JSON.stringify(read)} where position = ${position}`.execute(db);
        last = position;
      }
      more = rows.length === BATCH;
    }
  },
};

function partsOf(text: string): unknown {
  const parts: unknown[] = [];
  let end = 0;
  for (const { 0: mark, index, groups: { time, style, mention, id } = {} } of text.matchAll(MARKS)) {
    if (Number(time) > LAST_MOMENT) continue;
    parts.push(text.slice(end, index), mention ? { mention, id } : { time: Number(time), style });
    end = index + mark.length;
  }
  return end === 0 ? text : [...parts, text.slice(end)].filter((part) => part !== '');
}
