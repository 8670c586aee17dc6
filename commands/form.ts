import type { Origin } from '../src/domain/origin.ts';
import type { Choice } from './options.ts';

/** One field of a form. */
export interface FormField {
  name: string;
  label: string;
  type: 'text' | 'choice';
  required: boolean;
  /** Initial value. */
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
  /** Subject of the form: a generation's id, or ''. */
  target: string;
  /** At most 45 characters. */
  title: string;
  /** Label of the button that sends it. */
  send: string;
  /** Cost of sending it, in words, if known; shown where the chat has room for it. */
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
