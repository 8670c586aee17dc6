/** One measurement that can be asked for by name. */
export interface Bench {
  name: string;
  /** One line for people: what is measured. */
  what: string;
  /** Measures, and cleans up after itself. @returns the report: plain text, fit for a terminal. */
  run(): Promise<string>;
}
