/**
 * Places at which a test may end the process, to prove that it goes on from there after a restart. In production nobody
 * listens, and nothing outside the process (no setting, no request) can make anybody listen.
 */

/** Called with the name of each place that is reached. */
export type FaultListener = (name: string) => void;

let listener: FaultListener | undefined;

/** For tests: from now on, this is called at each place. */
export function onFaultPoint(listen: FaultListener | undefined): void {
  listener = listen;
}

/** A place between two statements, by a name that says what lies before it. */
export function faultPoint(name: string): void {
  listener?.(name);
}

/** Does something that the world outside (database, provider, chat) takes note of, with a place before and after it. */
export async function around<T>(name: string, work: () => Promise<T>): Promise<T> {
  faultPoint(`before ${name}`);
  const result = await work();
  faultPoint(`after ${name}`);
  return result;
}
