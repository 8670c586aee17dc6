/** So many starts in any stretch of `intervalMs`. */
export interface Rate {
  count: number;
  intervalMs: number;
}
