import type { Button } from '../command.ts';
import { reportForm } from '../forms/report.ts';

/** Opens a form for reporting a video; whether the member may report it is checked when it is sent. */
export const report: Button = {
  action: 'report',
  answers: 'form',
  async run({ target, texts }) {
    return { kind: 'form', form: reportForm(target, texts) };
  },
};
