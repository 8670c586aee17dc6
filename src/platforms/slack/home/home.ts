import { DailiesError } from '../../../domain/failure.ts';
import { type Generation, isFinal } from '../../../domain/generation.ts';
import type { Origin } from '../../../domain/origin.ts';
import type { QuotaStatus } from '../../../domain/quota-status.ts';
import type { Queued } from '../../../generations/service.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Log } from '../../../lib/log.ts';
import type { Texts } from '../../../locales/texts.ts';
import { type CommunityNews, type HomeNews, homeView, MOST_LISTED } from './home-view.ts';

/** Who looks at a Home tab. `moderator` as everywhere: the platform's own word. */
export type Viewer = Pick<Origin, 'community' | 'member' | 'roles' | 'moderator' | 'locale'>;

/** Where a Home tab has its news from: a part of the generation service. */
export interface HomeSource {
  quota(viewer: Viewer): Promise<QuotaStatus>;
  listUnfinished(viewer: Viewer): Promise<Queued[]>;
  listHistory(viewer: Viewer, page: number, size: number): Promise<{ generations: Generation[]; more: boolean }>;
  /** @throws {DailiesError} `moderators_only`. */
  listCommunity(viewer: Viewer, limit: number): Promise<Queued[]>;
  /** Credits that the community has used today (UTC). @throws {DailiesError} `moderators_only`. */
  usedToday(viewer: Viewer): Promise<number>;
}

/** Most entries of a community's queue that are counted; above that the tab says "more than". */
const MOST_COUNTED = 100;

/** The view of a Home tab, as Slack takes it. */
export type HomeView = ReturnType<typeof homeView>;

/** Puts a view into a member's Home tab. */
type Publish = (view: HomeView) => Promise<unknown>;

/** Shows each member their Home tab, and updates it. */
export class Home {
  #source: HomeSource | undefined;
  readonly #textsFor: (locale: string) => Texts;
  readonly #clock: Clock;
  readonly #log: Log;
  /** For each member whose tab is being shown: what to show after it, if anything. */
  readonly #showing = new Map<string, { next: (() => Promise<void>) | undefined }>();

  constructor(options: { textsFor: (locale: string) => Texts; clock: Clock; log: Log }) {
    this.#textsFor = options.textsFor;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** From now on there are news to show. */
  start(source: HomeSource): void {
    this.#source = source;
  }

  /**
   * Shows a member's tab as things are now. Views of one member follow each other, or an older one could arrive after a
   * newer one; of several requests made meanwhile, only the last is shown. Never throws: failures are logged.
   */
  async show(viewer: Viewer, publish: Publish): Promise<void> {
    const show = () => this.#show(viewer, publish);
    const running = this.#showing.get(viewer.member);
    if (running) {
      running.next = show;
      return;
    }
    const turn: { next: (() => Promise<void>) | undefined } = { next: show };
    this.#showing.set(viewer.member, turn);
    while (turn.next) {
      const next = turn.next;
      turn.next = undefined;
      await next();
    }
    this.#showing.delete(viewer.member);
  }

  async #show(viewer: Viewer, publish: Publish): Promise<void> {
    try {
      if (!this.#source) throw new Error('expected news for Home tabs, got none yet');
      await publish(homeView(await this.#newsFor(viewer, this.#source), this.#textsFor(viewer.locale)));
    } catch (error) {
      this.#log.warn({ err: error, member: viewer.member }, 'a Home tab could not be shown');
    }
  }

  async #newsFor(viewer: Viewer, source: HomeSource): Promise<HomeNews> {
    const [quota, unfinished, history, community] = await Promise.all([
      source.quota(viewer),
      source.listUnfinished(viewer),
      // Some of the latest may still be unfinished, and are shown above.
      source.listHistory(viewer, 1, 2 * MOST_LISTED),
      this.#communityFor(viewer, source),
    ]);
    return {
      quota,
      unfinished,
      recent: history.generations.filter(({ state }) => isFinal(state)).slice(0, MOST_LISTED),
      ...(community && { community }),
      now: this.#clock.now(),
    };
  }

  /** Undefined for those who do not moderate; the source knows who does. */
  async #communityFor(viewer: Viewer, source: HomeSource): Promise<CommunityNews | undefined> {
    try {
      const found = await source.listCommunity(viewer, MOST_COUNTED + 1);
      return {
        unfinished: found.slice(0, MOST_COUNTED),
        more: found.length > MOST_COUNTED,
        usedToday: await source.usedToday(viewer),
      };
    } catch (error) {
      if (error instanceof DailiesError && error.code === 'moderators_only') return undefined;
      throw error;
    }
  }
}
