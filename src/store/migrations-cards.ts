import { type Kysely, sql } from 'kysely';

/** The texts of the playground's cards as parts; until now control characters stood around moments and mentions. */
export const cardTexts = {
  // A migration works on the schema of its own time, which today's types do not describe.
  async up(db: Kysely<never>) {
    const { rows } = await sql<{ id: string; card: string }>`
      select id, card from web_messages where card is not null`.execute(db);
    for (const { id, card } of rows) {
      const parts = JSON.stringify(
        JSON.parse(card, (_, value) => (typeof value === 'string' ? partsOf(value) : value)),
      );
      if (parts !== card) await sql`update web_messages set card = ${parts} where id = ${id}`.execute(db);
    }
  },
};

function partsOf(text: string): unknown {
  const pieces = text.split(/\u0002(\d{1,16}:(?:relative|time|date)|(?:member|role|channel):[\w:/-]+)\u0003/);
  if (pieces.length === 1) return text;
  return pieces
    .map((piece, index) => {
      if (index % 2 === 0) return piece;
      const [, kind = '', value = ''] = /^(\w+):(.+)$/.exec(piece) ?? [];
      return /^\d/.test(kind) ? { time: Number(kind), style: value } : { mention: kind, id: value };
    })
    .filter((part) => part !== '');
}
