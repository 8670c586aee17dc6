import type { Text } from '../domain/text.ts';
import type en from './en.json';
import type { Words } from './format.ts';
import type { MessageParameters, MessageWithMoment } from './messages.ts';

type Tree<T, Above extends string> = {
  readonly [K in keyof T & string]: T[K] extends string ? Message<`${Above}${K}`> : Tree<T[K], `${Above}${K}.`>;
};

/** A message is words where its values are; with a moment, or with a text for a value, it is a text. */
type Message<Path> = Path extends MessageWithMoment
  ? (values: MessageParameters<Text>[Path]) => Text
  : Path extends keyof MessageParameters<Text>
    ? { (values: MessageParameters<Words>[Path]): string; (values: MessageParameters<Text>[Path]): Text }
    : string;

/** Everything that people read, in one language. English says what there is. */
export type Texts = Tree<typeof en, ''>;
