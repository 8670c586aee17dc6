/** Parsed JSON, to be looked into. */
export type Json = Record<string, unknown>;

/** A list, or an empty one for anything else. */
export const list = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : []);
/** Characters of a text; 0 for anything else. */
export const length = (value: unknown): number => (typeof value === 'string' ? value.length : 0);

/** One limit: where it is, what it counts, how little and how much is allowed. */
export type Limit = [where: string, count: number, minimum: number, maximum: number];

/** Which limits are broken. */
export const broken = (limits: Limit[]): string[] =>
  limits
    .filter(([, count, minimum, maximum]) => count < minimum || count > maximum)
    .map(([where, count, minimum, maximum]) => `${where}: must be between ${minimum} and ${maximum}, is ${count}`);

/**
 * What is wrong with a message body, by Discord's documentation: "Message", "Embed Limits", "Component Reference",
 * "Uploading Files".
 * @param files the indexes and names of the files that came with it.
 * @param attached the ids of the attachments that the message has already.
 */
export function messageProblems(
  body: Json,
  files: readonly { index: number; name: string }[],
  attached: readonly string[],
): string[] {
  const embeds = list(body.embeds);
  const rows = list(body.components);
  const problems = [
    ...broken([
      ['content', length(body.content), 0, 2000],
      ['embeds', embeds.length, 0, 10],
      ['embeds (all characters)', embeds.reduce((sum, embed) => sum + embedLength(embed), 0), 0, 6000],
      ['components', rows.length, 0, 5],
    ]),
    ...embeds.flatMap(embedProblems),
    ...rows.flatMap(rowProblems),
    ...attachmentProblems(body, files, attached),
  ];
  const ids = rows.flatMap((row) => list(row.components)).map((button) => button.custom_id);
  if (new Set(ids).size !== ids.length) problems.push('components: custom_id must be unique');
  return problems;
}

function embedLength(embed: Json): number {
  const fields = list(embed.fields).reduce((sum, { name, value }) => sum + length(name) + length(value), 0);
  const footer = length((embed.footer as Json | undefined)?.text);
  const author = length((embed.author as Json | undefined)?.name);
  return length(embed.title) + length(embed.description) + fields + footer + author;
}

function embedProblems(embed: Json): string[] {
  const fields = list(embed.fields);
  const problems = broken([
    ['embed.title', length(embed.title), 0, 256],
    ['embed.description', length(embed.description), 0, 4096],
    ['embed.fields', fields.length, 0, 25],
    ...fields.flatMap(({ name, value }): Limit[] => [
      ['embed.fields.name', length(name), 1, 256],
      ['embed.fields.value', length(value), 1, 1024],
    ]),
  ]);
  if (embed.image || embed.video) return problems;
  if (embedLength(embed) === 0) problems.push('embed: must not be empty');
  return problems;
}

function rowProblems(row: Json): string[] {
  const buttons = list(row.components);
  const problems = broken([
    ['row.components', buttons.length, 1, 5],
    ...buttons.flatMap(({ custom_id, label }): Limit[] => [
      ['button.custom_id', length(custom_id), 1, 100],
      ['button.label', length(label), 1, 80],
    ]),
  ]);
  if (row.type !== 1) problems.push(`components: expected an action row, found type ${row.type}`);
  for (const { type, style } of buttons) {
    if (type !== 2 || ![1, 2, 3, 4].includes(Number(style))) problems.push('button: wrong type or style');
  }
  return problems;
}

function attachmentProblems(
  body: Json,
  files: readonly { index: number; name: string }[],
  attached: readonly string[],
): string[] {
  const problems: string[] = [];
  const named = list(body.attachments);
  if (files.length > 0 && body.attachments === undefined) problems.push('attachments: must name the uploaded files');
  for (const { image } of list(body.embeds)) {
    const name = /^attachment:\/\/(.+)$/.exec(String((image as Json | undefined)?.url ?? ''))?.[1];
    if (name !== undefined && !files.some((file) => file.name === name))
      problems.push(`embed.image: ${name} is not there`);
  }
  for (const { id, filename, description } of named) {
    if (length(description) > 1024) problems.push('attachments: a description above 1024 characters');
    if (typeof id !== 'string') problems.push('attachments: an id must be a string');
    const file = files.find(({ index }) => String(index) === String(id));
    if (!file && !attached.includes(String(id))) problems.push(`attachments: nothing has the id ${id}`);
    if (file && filename !== undefined && filename !== file.name)
      problems.push(`attachments: ${filename} is not there`);
  }
  for (const { index, name } of files) {
    if (!/^[\w.-]+$/.test(name)) problems.push(`files[${index}]: Discord would rename ${name}`);
  }
  return problems;
}
