import type { Block } from './state.ts';

/** Slack's limits, in characters or pieces (Slack documentation, "Block Kit" and "Composition objects"). */
const LIMITS = { message: 50, view: 100, section: 3000, header: 150, actions: 25, context: 10, buttonText: 75 };

type Json = Record<string, unknown>;

/** Elements of a rich text that name somebody or something, and what they need. */
const NAMING: Readonly<Record<string, RegExp>> = {
  user: /"user_id":"[UW][A-Z0-9]+"/,
  usergroup: /"usergroup_id":"S[A-Z0-9]+"/,
  channel: /"channel_id":"[CG][A-Z0-9]+"/,
  link: /"url":"(?:https?|slack):[^"]+"/,
};

/** What is wrong with blocks, each in a sentence; empty when all is well. */
export function problemsOf(blocks: readonly Block[], surface: 'message' | 'view'): string[] {
  const problems: string[] = [];
  if (blocks.length > LIMITS[surface]) problems.push(`${blocks.length} blocks, the most is ${LIMITS[surface]}`);
  const ids = blocks.flatMap(({ block_id: id }) => (id === undefined ? [] : [id]));
  if (new Set(ids).size !== ids.length) problems.push(`block ids that are not unique: ${ids}`);
  for (const id of ids) if (id.length > 255) problems.push('a block id above 255 characters');
  for (const block of blocks) problems.push(...problemsOfBlock(block));
  return problems;
}

function problemsOfBlock(block: Block): string[] {
  const problems: string[] = [];
  const elements = (block.elements ?? []) as Json[];
  switch (block.type) {
    case 'header':
      problems.push(...text(block.text, 'header', LIMITS.header));
      if ((block.text as Json | undefined)?.type !== 'plain_text') problems.push('a header that is no plain text');
      break;
    case 'section':
      if (block.text !== undefined) problems.push(...text(block.text, 'section', LIMITS.section));
      else if (!Array.isArray(block.fields)) problems.push('a section without text and fields');
      if (Array.isArray(block.fields)) {
        if (block.fields.length > 10) problems.push('more than 10 fields');
        for (const field of block.fields) problems.push(...text(field, 'field', 2000));
      }
      break;
    case 'context':
      if (elements.length === 0 || elements.length > LIMITS.context) problems.push(`${elements.length} in a context`);
      for (const element of elements) problems.push(...text(element, 'context', LIMITS.section));
      break;
    case 'actions':
      if (elements.length === 0 || elements.length > LIMITS.actions) problems.push(`${elements.length} in actions`);
      for (const element of elements) problems.push(...problemsOfElement(element));
      if (new Set(elements.map(({ action_id: id }) => id)).size !== elements.length) {
        problems.push('action ids that are not unique in a block');
      }
      break;
    case 'input':
      problems.push(...text(block.label, 'label', 2000));
      problems.push(...problemsOfElement(block.element as Json));
      break;
    case 'rich_text':
      if (elements.length === 0) problems.push('an empty rich text');
      problems.push(...richTextProblems(elements));
      break;
    case 'divider':
      break;
    default:
      problems.push(`an unknown block ${block.type}`);
  }
  return problems;
}

function problemsOfElement(element: Json): string[] {
  const problems: string[] = [];
  if (String(element.action_id ?? '').length > 255) problems.push('an action id above 255 characters');
  if (element.type === 'button') {
    problems.push(...text(element.text, 'button', LIMITS.buttonText));
    if (String(element.value ?? '').length > 2000) problems.push('a button value above 2000 characters');
    if (element.style !== undefined && !['primary', 'danger'].includes(String(element.style))) {
      problems.push(`a button style ${element.style}`);
    }
  }
  const options = element.options as Json[] | undefined;
  if (options) {
    const most = element.type === 'checkboxes' ? 10 : 100;
    if (options.length === 0 || options.length > most) problems.push(`${options.length} options`);
    for (const option of options) {
      problems.push(...text(option.text, 'option', 75));
      if (String(option.value).length > 150) problems.push('an option value above 150 characters');
    }
    for (const initial of [element.initial_option, ...((element.initial_options as Json[] | undefined) ?? [])]) {
      if (initial === undefined) continue;
      if (!options.some((option) => JSON.stringify(option) === JSON.stringify(initial))) {
        problems.push(`an initial option that is none of the options: ${JSON.stringify(initial)}`);
      }
    }
  }
  if (element.type === 'plain_text_input') {
    const longest = Number(element.max_length ?? 3000);
    if (longest < 1 || longest > 3000) problems.push('a max_length outside 1 to 3000');
    if (String(element.initial_value ?? '').length > longest) problems.push('an initial value above max_length');
  }
  return problems;
}

function richTextProblems(elements: readonly Json[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === 'text') return String(element.text ?? '') === '' ? ['an empty text in rich text'] : [];
    if (element.type === 'date') return typeof element.timestamp === 'number' ? [] : ['a date without timestamp'];
    const named = NAMING[String(element.type)];
    if (named) return named.test(JSON.stringify(element)) ? [] : [`a ${element.type} in rich text that names nothing`];
    if (!/^rich_text_(section|quote|preformatted|list)$/.test(String(element.type))) {
      return [`an unknown element ${element.type} in rich text`];
    }
    return richTextProblems((element.elements ?? []) as Json[]);
  });
}

function text(value: unknown, where: string, longest: number): string[] {
  const object = (value ?? {}) as Json;
  const content = String(object.text ?? '');
  if (object.type !== 'mrkdwn' && object.type !== 'plain_text') return [`${where}: not a text object`];
  if (content.length === 0) return [`${where}: empty`];
  if (content.length > longest) return [`${where}: ${content.length} characters, the most is ${longest}`];
  if (object.type === 'plain_text' && 'verbatim' in object) return [`${where}: verbatim in plain text`];
  if (object.type === 'mrkdwn' && /&(?!amp;|lt;|gt;)/.test(content)) return [`${where}: an unescaped ampersand`];
  return [];
}

/** What is wrong with a view besides its blocks. */
export function problemsOfView(view: Record<string, unknown>): string[] {
  const problems = problemsOf((view.blocks ?? []) as Block[], 'view');
  if (view.type === 'modal') {
    problems.push(...text(view.title, 'title', 24));
    const inputs = ((view.blocks ?? []) as Block[]).some(({ type }) => type === 'input');
    if (inputs && view.submit === undefined) problems.push('inputs without a submit button');
    for (const name of ['submit', 'close']) if (view[name] !== undefined) problems.push(...text(view[name], name, 24));
  } else if (view.type !== 'home') problems.push(`a view of type ${view.type}`);
  if (String(view.private_metadata ?? '').length > 3000) problems.push('private_metadata above 3000 characters');
  if (String(view.callback_id ?? '').length > 255) problems.push('a callback id above 255 characters');
  return problems;
}
