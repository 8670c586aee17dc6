import type { Button } from '../command.ts';
import { reportForm } from '../forms/report.ts';

/** Opens a form in which a member can say what is wrong with a video; what they may is checked when it is sent. */
export const report: Button = {
  action: 'report',
  answers: 'form',
  async run({ target, texts }) {
    return { kind: 'form', form: reportForm(target, texts) };
  },
};
