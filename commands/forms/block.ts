import type { Texts } from '../../src/locales/texts.ts';
import { MAX_REASON_LENGTH } from '../../src/moderation/one-line.ts';
import { createForm } from '../command.ts';
import type { Form } from '../form.ts';
import { blockMember, TERMS } from '../moderate/block.ts';
import { memberNamed } from '../moderate/moderators-answer.ts';

/** Blocks a member, as the command does. */
export const blockHandler = createForm({
  name: 'block',
  options: TERMS,
  run: async (context) => await blockMember(context, memberNamed(context.target, context)),
});

/** For how long, and why. @param target the member's id. */
export function blockForm(target: string, texts: Texts): Form {
  const { blocking } = texts;
  return {
    name: blockHandler.name,
    target,
    ...texts.forms.block,
    fields: [
      { name: 'for', label: blocking.for, type: 'text', required: false, maximumLength: 100 },
      {
        name: 'reason',
        label: blocking.reason,
        type: 'text',
        required: false,
        multiline: true,
        maximumLength: MAX_REASON_LENGTH,
      },
    ],
  };
}
