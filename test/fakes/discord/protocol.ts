/** An error as Discord answers it. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  readonly details: object | undefined;

  constructor(status: number, code: number, message: string, details?: object) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** The errors of the routes that the fake speaks, in Discord's words ("JSON Error Codes"). */
export const refusals = {
  unauthorised: () => new Refusal(401, 0, '401: Unauthorized'),
  unknownRoute: () => new Refusal(404, 0, '404: Not Found'),
  unknownChannel: () => new Refusal(404, 10003, 'Unknown Channel'),
  unknownMessage: () => new Refusal(404, 10008, 'Unknown Message'),
  unknownWebhook: () => new Refusal(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new Refusal(404, 10062, 'Unknown interaction'),
  tooLarge: () => new Refusal(413, 40005, 'Request entity too large'),
  missingAccess: () => new Refusal(403, 50001, 'Missing Access'),
  missingPermissions: () => new Refusal(403, 50013, 'Missing Permissions'),
  noTextChannel: () => new Refusal(400, 50008, 'Cannot send messages in a non-text channel'),
  noDirectMessages: () => new Refusal(403, 50007, 'Cannot send messages to this user'),
  tooManyFollowUps: () => new Refusal(400, 40094, 'This interaction has reached the maximum number of follow-ups.'),
  alreadyAcknowledged: () => new Refusal(400, 40060, 'Interaction has already been acknowledged.'),
  invalidToken: () => new Refusal(401, 50027, 'Invalid Webhook Token'),
  invalidBody: (problems: readonly string[]) =>
    new Refusal(400, 50035, 'Invalid Form Body', {
      _errors: problems.map((message) => ({ code: 'BASE_TYPE_BAD_LENGTH', message })),
    }),
};

const EPOCH = 1_420_070_400_000;
let counter = 0;

/** A new Discord id, made at `ms`. */
export function snowflake(ms = Date.now()): string {
  counter = (counter + 1) % 4096;
  return String((BigInt(ms - EPOCH) << 22n) | BigInt(counter));
}

/** One file of a multipart body. */
export interface FilePart {
  index: number;
  name: string;
  bytes: Buffer;
}

/** A request's body, whichever way it was packed. */
export interface Body {
  json: unknown;
  files: FilePart[];
}

/** Reads a body as JSON, or as multipart with `payload_json` and `files[n]`. */
export async function readBody(bytes: Buffer, contentType: string | undefined): Promise<Body> {
  if (bytes.length === 0) return { json: undefined, files: [] };
  if (!contentType?.startsWith('multipart/form-data')) {
    return { json: JSON.parse(bytes.toString('utf8')), files: [] };
  }
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
  const payload = form.get('payload_json');
  const files: FilePart[] = [];
  for (const [key, value] of form) {
    const index = /^files\[(\d+)\]$/.exec(key)?.[1];
    if (index === undefined || typeof value === 'string') continue;
    files.push({ index: Number(index), name: value.name, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  return { json: typeof payload === 'string' ? JSON.parse(payload) : {}, files };
}
