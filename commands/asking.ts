import type { Card, CardButton } from '../src/domain/card.ts';
import { DailiesError } from '../src/domain/failure.ts';
import { initialOf, shapeOf } from '../src/domain/models.ts';
import type { OfferedModel } from '../src/domain/offered-model.ts';
import type { Origin } from '../src/domain/origin.ts';
import type { RequestInput } from '../src/domain/request.ts';
import { join, type Text } from '../src/domain/text.ts';
import type { GenerationService } from '../src/generations/service.ts';
import { describeFailure } from '../src/locales/failures.ts';
import type { Texts } from '../src/locales/texts.ts';
import { writeOption } from '../src/locales/wording.ts';
import type { Answer, Audience } from './command.ts';
import type { CommandOption, OptionValue } from './options.ts';
import { findTail, type PromptTail } from './prompt-tail.ts';

/** A request as a member typed it. */
export interface Asked extends RequestInput {
  /** Whether only its member may see the reply. */
  alone: boolean;
}

type Context = Origin & { service: GenerationService; texts: Texts };

/** Options whose values need no name to be understood. */
const TELLING = ['resolution', 'aspect_ratio'] as const;

/** Marks a target whose video only its member may see. */
const ALONE = 'private:';

/**
 * Submits a request; but asks first, before anything is spent, when its prompt ends with words that look like options, as
 * "a dog private" would make a public video.
 * @param edited the prompt of the earlier request that this one is an edit of: the member has decided about its end.
 */
export async function submitOrAsk(
  context: Context,
  { alone, ...input }: Asked,
  options: readonly CommandOption[],
  edited?: string,
): Promise<Answer> {
  const { service } = context;
  const chosen = [...Object.keys(input.options), ...(input.model === undefined ? [] : ['model'])];
  const parts = {
    options: options.filter(({ name }) => name !== 'prompt'),
    // Nobody has typed the options of an earlier request beside the prompt that they edit.
    given: edited === undefined ? [...chosen, ...(alone ? ['private'] : [])] : [],
    telling: tellingOf(await service.models(context), input),
  };
  const tail = findTail(input.prompt, parts);
  if (!tail || (edited !== undefined && findTail(edited, parts)?.words === tail.words)) {
    const generation = await service.submit(context, input);
    return { kind: 'generation', id: generation.id };
  }
  const instead = withOptions(input, tail);
  const [kept, used] = [await service.quote(context, input), await quoteOrRefusal(context, instead)];
  const draft = await service.drafts.keep(context, { ...input, instead });
  const target = (isAlone: boolean) => `${isAlone ? ALONE : ''}${draft}`;
  const { asking, priced } = context.texts;
  const buttons: CardButton[] = [
    ...(typeof used === 'number'
      ? [
          {
            action: 'as_option',
            target: target(alone || tail.options.private === true),
            label: priced({ label: asking.use, credits: used }),
            style: 'primary',
          } as const,
        ]
      : []),
    {
      action: 'keep_prompt',
      target: target(alone),
      label: priced({ label: asking.keep, credits: kept }),
      style: 'plain',
    },
  ];
  return {
    kind: 'card',
    audience: 'requester',
    card: askingCard(context.texts, tail, { buttons, problem: typeof used === 'number' ? undefined : used }),
  };
}

/** Continues after the question. @param which the member's choice. */
export async function goOn(context: Context, target: string, which: 'as option' | 'in the prompt'): Promise<Answer> {
  const id = target.startsWith(ALONE) ? target.slice(ALONE.length) : target;
  const generation = await context.service.drafts.submit(context, id, which === 'as option');
  return { kind: 'generation', id: generation.id };
}

/** Who may see the video of a button's target. */
export function audienceOf(target: string): Audience {
  return target.startsWith(ALONE) ? 'requester' : 'everyone';
}

function withOptions(input: RequestInput, { rest, options }: PromptTail): RequestInput {
  const { model = input.model, private: _, ...others } = options;
  return {
    ...input,
    prompt: rest,
    ...(model !== undefined && { model: String(model) }),
    options: { ...input.options, ...others },
  };
}

/** Values that the model takes and that it would not use anyway. */
function tellingOf(models: readonly OfferedModel[], { model: id }: RequestInput): Record<string, OptionValue[]> {
  const model = models.find((one) => one.id === id) ?? models[0];
  if (!model) return {};
  return Object.fromEntries(
    TELLING.map((name) => {
      const option = model.options.find((one) => one.name === name);
      const usual = initialOf(model, name) ?? (name === 'resolution' ? shapeOf(model).resolution : undefined);
      return [name, option?.type === 'choice' ? option.values.filter((value) => value !== usual) : []];
    }),
  );
}

/** Price in credits, or the reason in words why it can't be made. */
async function quoteOrRefusal(context: Context, input: RequestInput): Promise<number | Text> {
  try {
    return await context.service.quote(context, input);
  } catch (error) {
    if (error instanceof DailiesError) return describeFailure(context.texts, error.failure);
    throw error;
  }
}

function askingCard(
  texts: Texts,
  tail: PromptTail,
  { buttons, problem }: { buttons: CardButton[]; problem: Text | undefined },
): Card {
  const { asking, fields } = texts;
  const said = Object.entries(tail.options).map(
    ([name, value]) =>
      `${name}: ${(typeof value === 'boolean' ? undefined : writeOption(texts, name, value)) ?? value}`,
  );
  return {
    tone: 'info',
    title: asking.title,
    text: join([asking.text({ words: tail.words }), ...(problem === undefined ? [] : [problem])], ' '),
    prompt: tail.rest,
    fields: [{ label: fields.options, value: said.reverse().join(' · ') }],
    notes: [asking.note],
    buttons,
  };
}
