import type { UsableModels } from '../domain/offered-model.ts';
import type { Limits } from '../quotas/admission.ts';
import { Conduct } from './conduct.ts';
import { Changes } from './door.ts';
import { Quotas } from './limit-rules.ts';
import { Records, type RecordsParts } from './usage/read-usage.ts';

/** What moderators work with. */
export interface DeskParts extends RecordsParts {
  newId: () => string;
  /** The operator's settings, which count where no rule says otherwise. */
  limits: Limits;
  /** The models that can be used at all. */
  models: UsableModels;
}

/** The door for moderators' commands. Who may ask is checked behind it, on every path. */
export class Desk {
  /** Who may spend how much, and how fast. */
  readonly quotas: Quotas;
  /** Who may make videos, where, with which model, and of what. */
  readonly conduct: Conduct;
  /** What happened: audit, usage, reports, and its end. */
  readonly records: Records;

  constructor(parts: DeskParts) {
    const changes = new Changes(parts);
    this.quotas = new Quotas(changes, parts);
    this.conduct = new Conduct(changes, parts);
    this.records = new Records(changes, parts);
  }
}
