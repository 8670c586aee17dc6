/** A generation that this process has taken; `attempt` tells it from the same one taken by another process later. */
export interface Claim {
  readonly id: string;
  readonly attempt: number;
}
