import type { Texts } from '../../src/locales/texts.ts';
import { MAX_REPORT_LENGTH, reportVideo } from '../../src/moderation/video-reports.ts';
import { createForm } from '../command.ts';
import type { Form } from '../form.ts';
import { answer } from '../moderate/moderators-answer.ts';
import { option } from '../options.ts';

const REASON = option.text('reason', {
  description: (texts) => texts.reporting.reason,
  maximumLength: MAX_REPORT_LENGTH,
});

/** Points a video out to the moderators. */
export const reportHandler = createForm({
  name: 'report',
  options: [REASON],
  async run(context) {
    const { target, texts, options } = context;
    const { reporting: words } = texts;
    const outcome = await reportVideo(context, target, options.reason ?? '');
    return outcome === 'new' ? answer('done', words.title, words.done) : answer('info', words.title, words.known);
  },
});

/** Asks what is wrong with a video. @param target the generation's id. */
export function reportForm(target: string, texts: Texts): Form {
  return {
    name: reportHandler.name,
    target,
    ...texts.forms.report,
    fields: [
      {
        name: 'reason',
        label: texts.reporting.reason,
        type: 'text',
        required: false,
        multiline: true,
        maximumLength: MAX_REPORT_LENGTH,
      },
    ],
  };
}
