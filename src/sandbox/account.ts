/** The state of a sandbox's account. */
export type AccountState = 'ok' | 'no credit' | 'bad key';

/** The refusal for an account without credit: 403 in the documentation; 402 is common elsewhere. */
export type NoCreditStatus = 402 | 403;

/** The API's words for an account without credit. */
export const NO_CREDIT =
  "You've run out of credits. Please top up your balance or update your payment method to continue: " +
  'https://aimlapi.com/app/billing/';

/** The API's words for a wrong key. */
export const BAD_KEY =
  'This request requires a valid API key. You can create a new API key on the Billing page: ' +
  'https://aimlapi.com/app/keys';

/** The account that every key of a sandbox belongs to. */
export interface Account {
  state: AccountState;
  noCreditStatus: NoCreditStatus;
  /** Balance in US dollars; it changes only when it is set. */
  balance: number;
}
