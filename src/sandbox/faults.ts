import { BAD_KEY, NO_CREDIT } from './account.ts';

/** The refusals that polls can be told to give, in the API's words. */
const MESSAGES = {
  400: 'Invalid generation_id',
  401: BAD_KEY,
  402: NO_CREDIT,
  403: NO_CREDIT,
  404: 'Generation not found',
  429: 'Too Many Requests',
  500: 'Internal server error',
  502: 'Bad gateway',
  503: 'Service unavailable',
} as const;

/** A refusal of polls. */
export interface Fault {
  /** The status code. */
  kind: `${keyof typeof MESSAGES}`;
  /** The generation whose polls are refused. @default all */
  id?: string;
}

/** The refusals of polls that count now. */
export interface Faults {
  /** @returns a function that lifts it again. */
  add(fault: Fault): () => void;
  lift(): void;
  /** The latest refusal that counts for this generation. */
  find(id: string): { status: number; message: string } | undefined;
}

/** Creates a sandbox's refusals of polls: none at first. */
export function createFaults(): Faults {
  const faults = new Set<Fault>();
  return {
    add(fault) {
      const added = { ...fault };
      faults.add(added);
      return () => {
        faults.delete(added);
      };
    },
    lift: () => faults.clear(),
    find(id) {
      const fault = [...faults].findLast((candidate) => candidate.id === undefined || candidate.id === id);
      if (!fault) return undefined;
      const status = Number(fault.kind) as keyof typeof MESSAGES;
      return { status, message: MESSAGES[status] };
    },
  };
}
