/**
 * How long a test waits for something that should happen, in ms. It only stops a hang: how fast the machine is must not
 * matter, so it is many times what the slowest takes.
 */
export const PATIENCE_MS = 240_000;

/** For a whole test or hook, several such waits together. */
export const LONGEST_MS = 4 * PATIENCE_MS;
