import { actionPrices } from '../../src/replies/action-prices.ts';
import type { Button } from '../command.ts';
import { promptForm } from '../forms/edit.ts';

/** Opens a form with the prompt, to be changed. */
export const edit: Button = {
  action: 'edit',
  answers: 'form',
  async run(context) {
    const { service, texts, target } = context;
    const { request } = await service.find(context, target);
    const { again } = actionPrices(request, await service.models(context));
    return { kind: 'form', form: promptForm(target, request.prompt, texts, again) };
  },
};
