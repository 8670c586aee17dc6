import type { types } from '@slack/bolt';
import type { Command } from '../../../commands/command.ts';
import type { Form, FormField } from '../../../commands/form.ts';
import type { Choice, CommandOption, OptionValue } from '../../../commands/options.ts';
import { shortenTo } from '../../domain/text.ts';
import { textsFor } from '../../locales/languages.ts';
import { withCost } from '../../locales/wording.ts';
import { quotation, type SlackMessage } from './render.ts';

/** Which modal was sent. */
export const FORM_CALLBACK = 'dailies_form';
export const VIDEO_CALLBACK = 'dailies_video';
/** Action of the inputs that change the rest of the modal. */
export const STEER_ACTION = 'm:model';
/** Block and action of everything else that is filled in. */
const VALUE_ACTION = 'value';
const FLAGS_BLOCK = 'flags';
export const CHANNEL_BLOCK = 'channel';

/** Slack's limits, in characters (Slack documentation, "Views" and "Block elements"). */
const LIMITS = { title: 24, option: 75, optionValue: 150, label: 2000, input: 3000, metadata: 3000 };

/** Where the outcome of a modal is shown. */
export interface ModalPlace {
  /** Undefined: it is asked for in the modal. */
  channel: string | undefined;
  thread: string | null;
  /** Only the person may see it. */
  alone: boolean;
}

/** State that a modal keeps until it is sent. */
export type Memory = { place: ModalPlace } & ({ kind: 'form'; form: string; target: string } | { kind: 'video' });

/** A form of the commands as a modal. */
export function formView(form: Form, place: ModalPlace, locale: string): types.ModalView {
  const memory: Memory = { kind: 'form', form: form.name, target: form.target, place };
  return modal({
    callback: FORM_CALLBACK,
    title: form.title,
    send: withCost(form.send, form.costs, LIMITS.title),
    locale,
    memory,
    blocks: form.fields.map(fieldBlock),
  });
}

/** Contents of the video modal, besides those from the catalogue. */
export interface VideoModal {
  command: Command;
  /** Values filled in already, by option name. */
  given: Readonly<Record<string, OptionValue>>;
  /** Current choices of the options whose choices change, by option name. */
  choices: ReadonlyMap<string, readonly Choice[]>;
  place: ModalPlace;
  locale: string;
}

/** A new request, with every option that the chosen model has. */
export function videoView({ command, given, choices, place, locale }: VideoModal): types.ModalView {
  const texts = textsFor(locale, 'slack');
  // A flag that is on by default gets two choices, as an unticked box sends nothing; the rest are boxes.
  const flags = command.options.filter(({ name, type }) => {
    const [usual] = choices.get(name) ?? [{ value: 'false' }];
    return type === 'boolean' && usual?.value === 'false';
  });
  const steering = command.options.filter(({ steers }) => steers).map(({ name }) => name);
  const blocks = command.options.flatMap((option) =>
    optionBlock(option, { given, steering, locale, offered: choices.get(option.name) }),
  );
  if (flags.length > 0) {
    const options = flags.map((flag) => optionOf(flag.description(texts), flag.name));
    const initial = options.filter(({ value }) => given[value ?? ''] === true);
    blocks.push({
      type: 'input',
      block_id: FLAGS_BLOCK,
      optional: true,
      label: plain(texts.fields.options, LIMITS.label),
      element: {
        type: 'checkboxes',
        action_id: VALUE_ACTION,
        options,
        ...(initial.length > 0 && { initial_options: initial }),
      },
    });
  }
  if (place.channel === undefined) {
    blocks.push({
      type: 'input',
      block_id: CHANNEL_BLOCK,
      optional: true,
      label: plain(texts.slack.channel, LIMITS.label),
      element: {
        type: 'conversations_select',
        action_id: VALUE_ACTION,
        default_to_current_conversation: true,
        response_url_enabled: true,
      },
    });
  }
  const memory: Memory = { kind: 'video', place };
  return modal({
    callback: VIDEO_CALLBACK,
    title: texts.forms.video.title,
    send: texts.forms.video.send,
    locale,
    memory,
    blocks,
  });
}

/** A modal that only says something. */
export function wordView(body: SlackMessage, locale: string): types.ModalView {
  const words = textsFor(locale, 'slack').slack;
  return {
    type: 'modal',
    title: plain('Dailies', LIMITS.title),
    close: plain(words.close, LIMITS.title),
    blocks: body.blocks,
  };
}

/** A whole prompt. */
export function detailsView(prompt: string, locale: string): types.ModalView {
  const words = textsFor(locale, 'slack').slack;
  return {
    type: 'modal',
    title: plain(words.prompt, LIMITS.title),
    close: plain(words.close, LIMITS.title),
    blocks: [quotation(prompt)],
  };
}

/** Reads the values in a modal, by field name; empty fields are left out. */
export function readView(view: { state?: { values: Values } | undefined }): Record<string, string | true> {
  const read: Record<string, string | true> = {};
  for (const [block, actions] of Object.entries(view.state?.values ?? {})) {
    for (const element of Object.values(actions)) {
      for (const flag of element.selected_options ?? []) read[flag.value] = true;
      const value = element.selected_option?.value ?? element.selected_conversation ?? element.value;
      if (typeof value === 'string' && value !== '') read[nameOf(block)] = value;
    }
  }
  return read;
}

/** The field's block in this very modal: its id may carry the model that the choices belong to. */
export function blockIdOf(view: { blocks: readonly { block_id?: string | undefined }[] }, field: string): string {
  return view.blocks.find(({ block_id: id }) => id !== undefined && nameOf(id) === field)?.block_id ?? FLAGS_BLOCK;
}

/** Reads a modal's state; undefined if the modal is not ours or comes from another version. */
export function readMemory(metadata: string): Memory | undefined {
  try {
    const memory = JSON.parse(metadata) as Partial<Memory> | null;
    return memory?.place && (memory.kind === 'form' || memory.kind === 'video') ? (memory as Memory) : undefined;
  } catch {
    return undefined;
  }
}

type Values = Record<
  string,
  Record<
    string,
    {
      value?: string | null;
      selected_option?: { value: string } | null;
      selected_options?: { value: string }[];
      selected_conversation?: string | null;
    }
  >
>;

function nameOf(blockId: string): string {
  return blockId.split(':')[0] ?? '';
}

function modal(parts: {
  callback: string;
  title: string;
  send: string;
  locale: string;
  memory: Memory;
  blocks: types.KnownBlock[];
}): types.ModalView {
  return {
    type: 'modal',
    callback_id: parts.callback,
    title: plain(parts.title, LIMITS.title),
    submit: plain(parts.send, LIMITS.title),
    close: plain(textsFor(parts.locale, 'slack').slack.close, LIMITS.title),
    private_metadata: JSON.stringify(parts.memory).slice(0, LIMITS.metadata),
    blocks: parts.blocks,
  };
}

function fieldBlock(field: FormField): types.KnownBlock {
  const { name, required, value } = field;
  const base = { type: 'input', block_id: name, optional: !required, label: plain(field.label, LIMITS.label) } as const;
  if (field.type === 'choice') return { ...base, element: select(field.choices ?? [], value, VALUE_ACTION) };
  return { ...base, element: textInput(field) };
}

function optionBlock(
  option: CommandOption,
  {
    given,
    steering,
    offered,
    locale,
  }: Pick<VideoModal, 'given' | 'locale'> & {
    /** The options on which the choices of others depend. */
    steering: readonly string[];
    offered: readonly Choice[] | undefined;
  },
): types.KnownBlock[] {
  const texts = textsFor(locale, 'slack');
  const { name, required, type } = option;
  const value = given[name];
  const label = plain(option.description(texts), LIMITS.label);
  if (type === 'boolean' && offered?.[0]?.value !== 'true') return [];
  if (!option.choices && type !== 'boolean') {
    const element =
      type === 'integer'
        ? numberInput(option, value)
        : textInput({ ...option, multiline: true, ...(value !== undefined && { value: String(value) }) });
    return [{ type: 'input', block_id: name, optional: !required, label, element }];
  }
  const choices = offered ?? option.choices?.map((one) => ({ ...one, name: one.name(texts) })) ?? [];
  // A model that does not have this option leaves no choice.
  if (choices.length === 0) return [];
  // Slack keeps the choice in a block of the same id, even if the choices have changed.
  const blockOf =
    name === 'model'
      ? name
      : [name, ...steering.filter((one) => one !== name).flatMap((one) => given[one] ?? [])].join(':');
  return [
    {
      type: 'input',
      block_id: blockOf,
      optional: !required,
      ...(option.steers && { dispatch_action: true }),
      label,
      element: select(choices, value, option.steers ? STEER_ACTION : VALUE_ACTION),
    },
  ];
}

function select(
  choices: readonly { name: string; value: string | number }[],
  value: OptionValue | undefined,
  action: string,
) {
  const options = choices.slice(0, 100).map((choice) => optionOf(choice.name, String(choice.value)));
  const initial = options.find((option) => value !== undefined && option.value === String(value));
  return { type: 'static_select', action_id: action, options, ...(initial && { initial_option: initial }) } as const;
}

function numberInput({ minimum, maximum }: CommandOption, value: OptionValue | undefined) {
  return {
    type: 'number_input',
    is_decimal_allowed: false,
    action_id: VALUE_ACTION,
    ...(minimum !== undefined && { min_value: String(minimum) }),
    ...(maximum !== undefined && { max_value: String(maximum) }),
    ...(value !== undefined && { initial_value: String(value) }),
  } as const;
}

function textInput(field: { value?: string; multiline?: boolean; minimumLength?: number; maximumLength?: number }) {
  const longest = Math.min(field.maximumLength ?? LIMITS.input, LIMITS.input);
  return {
    type: 'plain_text_input',
    action_id: VALUE_ACTION,
    multiline: field.multiline ?? false,
    max_length: longest,
    ...(field.minimumLength && { min_length: field.minimumLength }),
    ...(field.value && { initial_value: shortenTo(field.value, longest) }),
  } as const;
}

function optionOf(name: string, value: string): types.PlainTextOption {
  return { text: plain(name, LIMITS.option), value: value.slice(0, LIMITS.optionValue) };
}

function plain(text: string, longest: number) {
  return { type: 'plain_text', text: shortenTo(text, longest) || '·', emoji: false } as const;
}
