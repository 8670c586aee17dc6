import type { Card } from '../src/domain/card.ts';
import { mention } from '../src/domain/text.ts';
import type { Texts } from '../src/locales/texts.ts';
import type { Forgotten } from '../src/moderation/forget-member.ts';

/** The target of the button `forget` for the presser's own data; any other target is a member's id. */
export const OWN = 'own';

/** Asks for confirmation, as it cannot be undone. @param target {@link OWN} or a member's id. */
export function askToForget({ forget, buttons }: Texts, target: string): Card {
  return {
    tone: 'problem',
    title: forget.title,
    text: target === OWN ? forget.askOwn : forget.ask({ who: mention('member', target) }),
    fields: [],
    notes: [forget.chat],
    buttons: [{ action: 'forget', target, label: buttons.forget, style: 'danger' }],
  };
}

/** Says what was forgotten, and what was not. */
export function forgottenCard({ forget }: Texts, target: string, { forgotten, unfinished }: Forgotten): Card {
  const done =
    target === OWN
      ? forget.doneOwn({ videos: forgotten })
      : forget.done({ who: mention('member', target), videos: forgotten });
  return {
    tone: forgotten > 0 ? 'done' : 'info',
    title: forget.title,
    text: forgotten > 0 ? done : forget.nothing,
    fields: [],
    notes: [
      ...(unfinished > 0 ? [forget.unfinished({ videos: unfinished })] : []),
      ...(forgotten > 0 ? [forget.chat] : []),
    ],
    buttons: [],
  };
}
