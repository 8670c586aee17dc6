import type { Text } from '../domain/text.ts';
import type en from './en.json';
import type { Words } from './format.ts';
import type { MessageParameters } from './messages.ts';

type Tree<T, Above extends string> = {
  readonly [K in keyof T & string]: T[K] extends string ? Message<`${Above}${K}`> : Tree<T[K], `${Above}${K}.`>;
};

/** A message of words and numbers is a string; with a moment or a text among its values it is a text. */
type Message<Path> = Path extends keyof MessageParameters<Text, number>
  ? {
      (values: MessageParameters<Words, never>[Path]): string;
      (values: MessageParameters<Text, number>[Path]): Text;
    }
  : string;

/** Everything that people read, in one language. English says what there is. */
export type Texts = Tree<typeof en, ''>;
