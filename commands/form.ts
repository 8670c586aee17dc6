import type { Origin } from '../src/domain/origin.ts';
import type { Choice } from './options.ts';

/** One field of a form. */
export interface FormField {
  name: string;
  label: string;
  type: 'text' | 'choice';
  required: boolean;
  /** What is in it when it opens. */
  value?: string;
  /** For `choice`: at most 25. */
  choices?: readonly Choice[];
  /** For `text`. */
  multiline?: boolean;
  minimumLength?: number;
  maximumLength?: number;
}

/** Something to be filled in; a platform shows it as a modal. At most 5 fields. */
export interface Form {
  /** The name of one of `commands/forms/`. */
  name: string;
  /** What it is about: a generation's id, or ''. */
  target: string;
  /** At most 45 characters. */
  title: string;
  /** What the button says that sends it. */
  send: string;
  /** What sending it costs, in words, where that is known; shown where the chat has room for it. */
  costs?: string;
  fields: readonly FormField[];
}

/** A form that was filled in and sent. `reply` is a new one. */
export interface Submission extends Origin {
  form: string;
  target: string;
  /** By field name, as text; only fields that hold something. */
  values: Readonly<Record<string, string>>;
}
