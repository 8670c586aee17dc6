import { DEFAULT_TIME_ZONE } from '../../domain/community.ts';
import type { AuditEntry } from '../../domain/event.ts';
import { DailiesError } from '../../domain/failure.ts';
import type { Asker, Origin } from '../../domain/origin.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Changes } from '../door.ts';
import { type ForgettingParts, type Forgotten, forgetMember } from '../forget-member.ts';
import { bucketStarts, type UsagePeriod, usageEvents, usageSpan } from './calendar.ts';
import type { UsageRow } from './csv.ts';
import { type UsageReport, usageReport } from './usage-report.ts';

/** What the records are kept with. */
export interface RecordsParts extends ForgettingParts {
  clock: Clock;
}

/** The longest reason of a report, in characters. */
export const MAX_REPORT_LENGTH = 300;

/** So many lines fit a file that every chat takes. */
const MOST_ROWS = 20_000;

/** The rows of an export. */
export interface Export {
  /** The oldest first. */
  rows: UsageRow[];
  /** So many earlier ones are left out. */
  omitted: number;
  /** Where the period starts (ms), in the community's time zone. */
  start: number;
  timeZone: string;
}

/**
 * What happened in a community, and its end. Every method but `report` and `forgetOwn` throws a {@link DailiesError}
 * `moderators_only` for anybody who does not moderate it.
 */
export class Records {
  readonly #changes: Changes;
  readonly #parts: RecordsParts;

  constructor(changes: Changes, parts: RecordsParts) {
    this.#changes = changes;
    this.#parts = parts;
  }

  /** Does nothing but the check who asks. */
  async mustModerate(asker: Asker): Promise<void> {
    await this.#changes.read(asker, async () => {});
  }

  /** Who changed what, the latest first: `size` entries, from page 1 on. */
  async audit(asker: Asker, page: number, size: number): Promise<{ entries: AuditEntry[]; more: boolean }> {
    return await this.#changes.read(asker, async ({ audit }) => {
      const found = await audit.list(asker.community, size + 1, (page - 1) * size);
      return { entries: found.slice(0, size), more: found.length > size };
    });
  }

  /** What was made in the present day, week or month of the community's time zone, beside the one before. */
  async usage(asker: Asker, period: UsagePeriod): Promise<UsageReport> {
    const { community } = asker;
    return await this.#changes.read(asker, async ({ communitySettings, generations, refusals }) => {
      const { timeZone = DEFAULT_TIME_ZONE } = await communitySettings.get(community);
      const span = usageSpan(this.#parts.clock.now(), period, timeZone);
      const { previousStart, start, end } = span;
      const events = usageEvents(
        await generations.listCreatedIn(community, previousStart, end),
        await refusals.list(community, previousStart, end),
      );
      return usageReport(events, span, bucketStarts(start, end, span), bucketStarts(previousStart, start, span));
    });
  }

  /** What was asked for in the present period, without prompts; at most the latest `most`. */
  async exportRows(asker: Asker, period: UsagePeriod, most = MOST_ROWS): Promise<Export> {
    const { community } = asker;
    return await this.#changes.read(asker, async ({ communitySettings, generations }) => {
      const { timeZone = DEFAULT_TIME_ZONE } = await communitySettings.get(community);
      const { start, end } = usageSpan(this.#parts.clock.now(), period, timeZone);
      const rows = (await generations.listCreatedIn(community, start, end)).map(
        ({ id: _, createdAt, failure, ...figures }): UsageRow => ({
          ...figures,
          time: createdAt,
          failure: failure ?? null,
        }),
      );
      return { rows: rows.slice(-most), omitted: Math.max(0, rows.length - most), start, timeZone };
    });
  }

  /**
   * Points a video out to the moderators; for every member of its community who is not blocked there.
   * @param reason at most {@link MAX_REPORT_LENGTH} characters.
   * @returns whether it is new; a member can point out each video once.
   * @throws {DailiesError} `generation_unknown`, `blocked`, `option_value`.
   */
  async report(origin: Asker, generation: string, reason: string): Promise<'new' | 'known'> {
    const { store, clock } = this.#parts;
    const { community, member } = origin;
    const words = reason.replace(/\p{Cc}+/gu, ' ').trim();
    if ([...words].length > MAX_REPORT_LENGTH) {
      throw new DailiesError('option_value', {
        option: 'reason',
        value: `${[...words].slice(0, 50).join('')}…`,
        expected: `≤ ${MAX_REPORT_LENGTH}`,
      });
    }
    return await store.transaction(async (repositories) => {
      const { generations, blocks, reports, audit } = repositories;
      const at = clock.now();
      const found = await generations.find(generation);
      if (found?.community !== community) throw new DailiesError('generation_unknown');
      const block = await blocks.find(community, member, at);
      if (block) throw new DailiesError('blocked', { reason: block.reason, until: block.until ?? null });
      if (!(await reports.insert({ generation, reporter: member, reason: words, at }))) return 'known';
      // So that moderators find it where no log channel is set.
      await audit.append(community, {
        at,
        actor: member,
        action: 'report',
        subject: { kind: 'text', text: generation },
        before: undefined,
        after: undefined,
      });
      const event = { kind: 'report', generation, reporter: member } as const;
      await repositories.logEntries.record(community, `report ${generation} ${member}`, event, at);
      return 'new';
    });
  }

  /** Removes what a member made here: see {@link forgetMember}. The audit keeps the fact. */
  async forget(origin: Asker & Pick<Origin, 'reply'>, member: string): Promise<Forgotten> {
    const { community, reply } = origin;
    await this.#changes.make(origin, async ({ generations }, note) => {
      const count = await generations.countEndedOf(community, member);
      if (count > 0) await note(forgetting(member, count));
    });
    return await forgetMember(this.#parts, community, member, reply);
  }

  /** The same for what the member who asks made here. */
  async forgetOwn(origin: Asker & Pick<Origin, 'reply'>): Promise<Forgotten> {
    const { community, member, reply } = origin;
    await this.#parts.store.transaction(async (repositories) => {
      const count = await repositories.generations.countEndedOf(community, member);
      if (count > 0) await this.#changes.note(repositories, origin, forgetting(member, count));
    });
    return await forgetMember(this.#parts, community, member, reply);
  }
}

/** Noted before it is done, so that no crash leaves something forgotten that the audit does not know. */
function forgetting(member: string, count: number) {
  return {
    action: 'forget',
    subject: { kind: 'member', id: member },
    before: String(count),
    after: '0',
  } as const;
}
