import type en from './en.json';
import type { MessageParameters } from './messages.ts';

type Tree<T, Above extends string> = {
  readonly [K in keyof T & string]: T[K] extends string ? Message<`${Above}${K}`> : Tree<T[K], `${Above}${K}.`>;
};

type Message<Path> = Path extends keyof MessageParameters ? (values: MessageParameters[Path]) => string : string;

/** Everything that people read, in one language. English says what there is. */
export type Texts = Tree<typeof en, ''>;
