/** The fault points at which the killer ends the bot, and how often each is reached before that. */
export const PLACES: readonly string[] = [
  ...[
    'write queued',
    'write submitting',
    'POST',
    'write generating',
    'look',
    'poll',
    'write delivering',
    'download',
    'keep',
    'claim',
    'upload',
    'look for a clip',
    'write delivered',
    'write failed',
    'edit',
    'write shown',
  ].flatMap((name) => [`before ${name}`, `after ${name}`]),
  'after the state of an end',
  'after the hold of an end',
];
