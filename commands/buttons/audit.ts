import type { Button } from '../command.ts';
import { auditPage } from '../moderate/audit.ts';

/** Turns a page of the audit, in the same reply. */
export const turnAudit: Button = {
  action: 'audit',
  answers: 'same reply',
  async run(context) {
    return { kind: 'card', audience: 'everyone', card: await auditPage(context, Number(context.target)) };
  },
};
