import {
  type APIComponentInLabel,
  type APILabelComponent,
  type APIMessageApplicationCommandInteractionData,
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmission,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { Form, FormField } from '../../../commands/form.ts';
import { shortenTo } from '../../domain/text.ts';
import { withCost } from '../../locales/wording.ts';
import { customIdOf } from './custom-id.ts';

/** Discord's limits, in characters or pieces (Discord documentation, "Modals", "Component Reference"). */
const LIMITS = { title: 45, label: 45, value: 4000, choices: 25, choice: 100, fields: 5 };

/** A form as Discord's modal. The button that sends it has Discord's own words. */
export function toModal(form: Form, home: string | undefined): APIModalInteractionResponseCallbackData {
  return {
    custom_id: customIdOf({ action: form.name, target: form.target, home }),
    title: shortenTo(withCost(form.title, form.costs, LIMITS.title), LIMITS.title),
    components: form.fields.slice(0, LIMITS.fields).map(
      (field): APILabelComponent => ({
        type: ComponentType.Label,
        label: shortenTo(field.label, LIMITS.label),
        component: toComponent(field),
      }),
    ),
  };
}

function toComponent(field: FormField): APIComponentInLabel {
  const { name, required, value } = field;
  if (field.type === 'choice') {
    return {
      type: ComponentType.StringSelect,
      custom_id: name,
      required,
      min_values: required ? 1 : 0,
      max_values: 1,
      options: (field.choices ?? []).slice(0, LIMITS.choices).map((choice) => ({
        label: shortenTo(choice.name, LIMITS.choice),
        value: String(choice.value),
        default: String(choice.value) === value,
      })),
    };
  }
  const longest = Math.min(field.maximumLength ?? LIMITS.value, LIMITS.value);
  return {
    type: ComponentType.TextInput,
    custom_id: name,
    style: field.multiline ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required,
    // Discord counts UTF-16 units and refuses values above the limit.
    ...(value === undefined ? {} : { value: cutTo(value, longest) }),
    ...(field.minimumLength === undefined ? {} : { min_length: Math.min(field.minimumLength, LIMITS.value) }),
    max_length: longest,
  };
}

function cutTo(text: string, length: number): string {
  const cut = text.slice(0, length);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

/** Reads the values of a form, by field name; empty fields are left out. */
export function readForm({ components }: APIModalSubmission): Record<string, string> {
  const values: Record<string, string> = {};
  for (const part of components) {
    if (part.type !== ComponentType.Label) continue;
    const { component } = part;
    if (component.type === ComponentType.TextInput && component.value) values[component.custom_id] = component.value;
    if (component.type === ComponentType.StringSelect && component.values[0]) {
      values[component.custom_id] = component.values[0];
    }
  }
  return values;
}

/** The text of the message that a message command was used on, or of its embeds if it has none. */
export function readMessageText({ target_id, resolved }: APIMessageApplicationCommandInteractionData): string {
  const message = resolved.messages[target_id];
  if (message?.content) return message.content;
  return (message?.embeds ?? [])
    .flatMap(({ title, description }) => [title, description])
    .filter((text) => text)
    .join('\n');
}
