/** How the account of a sandbox stands. */
export type AccountState = 'ok' | 'no credit' | 'bad key';

/** The refusal of an account without credit: 403 in the documentation, 402 at other services of the kind. */
export type NoCreditStatus = 402 | 403;

/** The API's words for an account without credit. */
export const NO_CREDIT = 'You have run out of credits. Please top up your balance.';

/** The API's words for a wrong key. */
export const BAD_KEY = 'Missing or invalid API key in the Authorization header';

/** The account that every key of a sandbox belongs to. */
export interface Account {
  state: AccountState;
  noCreditStatus: NoCreditStatus;
  /** What is left, in US dollars; it changes only when it is set. */
  balance: number;
}
