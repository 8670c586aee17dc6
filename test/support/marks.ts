/** Makes ids that no other one has. */
export function countingIds(): () => string {
  const name = ++makers;
  let count = 0;
  return () => `${name}-${++count}`;
}

let makers = 0;
