import type { ColumnType } from 'kysely';
import type { GenerationState } from '../domain/generation.ts';
import type { Period } from '../domain/period.ts';
import type { Scope } from '../domain/rule.ts';

/** A moment, in ms since 1970 UTC; a driver may hand it over as text, so repositories read it through `Number`. */
type Moment = number;

/** The tables. Values are text, numbers and JSON as text, so that one schema serves every dialect. */
export interface Database {
  generations: {
    id: string;
    community: string;
    channel: string;
    member: string;
    locale: string;
    /** JSON of a `ReplyRef`. */
    reply: string;
    /** JSON of a `VideoRequest`; its prompt is emptied when it is forgotten. */
    request: string;
    /** Taken out of `request`, because durations are measured for each. */
    model: string;
    seconds: number;
    credits: number;
    state: GenerationState;
    provider: string;
    provider_id: string | null;
    video_url: string | null;
    /** JSON of a `Failure`. */
    failure: string | null;
    created_at: Moment;
    submitted_at: Moment | null;
    generating_at: Moment | null;
    ready_at: Moment | null;
    finished_at: Moment | null;
    shown_state: GenerationState | null;
    /** It starts no earlier: its member's rate allows no start before. */
    starts_at: Moment | null;
    /** How many of its member ran at once at most, by the rules of the moment at which it was accepted. */
    concurrency: number | null;
    /** JSON of the roles that its member had then. */
    roles: ColumnType<string, string | undefined>;
    /** Taken out of `request`, as `model` and `seconds` are. */
    resolution: string | null;
    /** How it was sent to the provider. */
    route: string | null;
    /** How often it was sent, and how often of these because the provider's log said that it had failed. */
    attempts: ColumnType<number, number | undefined>;
    resends: ColumnType<number, number | undefined>;
    /** The provider's charge, in US dollars and in its own credits. */
    usd: number | null;
    provider_credits: number | null;
    /** Time of the next background check, and the number of checks so far. */
    check_at: Moment | null;
    checks: ColumnType<number, number | undefined>;
    /** 1 when its video turned up after it had been given up. */
    late: ColumnType<number, number | undefined>;
    /** The moment of `submitted_at` in the provider's own time. */
    sent_at: Moment | null;
    /** Until then, in the provider's own time, none of its attempts had been accepted. */
    settled_at: Moment | null;
    /** When its prompt was removed. */
    forgotten_at: Moment | null;
  };
  /** Credits set aside for one generation. */
  holds: {
    generation_id: string;
    community: string;
    member: string;
    credits: number;
    state: 'held' | 'settled' | 'released';
    created_at: Moment;
    /** The channel whose rule counts: for a thread, the one that it belongs to. */
    channel: ColumnType<string, string | undefined>;
    /** How many of the credits were drawn from grants. */
    granted: ColumnType<number, number | undefined>;
  };
  /** One row for each generation whose clip is being or has been put into its reply. */
  deliveries: {
    generation_id: string;
    claimed_at: Moment;
    /** Id of the message or file that holds the clip. */
    receipt: string | null;
    /** 1 when the reply has a link to the clip instead. */
    linked: ColumnType<number, number | undefined>;
    /** Null while it is not known whether the clip got there. */
    delivered_at: Moment | null;
  };
  /** Who moderates a community besides those whom the platform says. */
  moderators: {
    community: string;
    kind: 'member' | 'role';
    /** The platform's own id of it. */
    subject: string;
    /** A member's id. */
    added_by: string;
    added_at: Moment;
  };
  /** Moderators' credit limits. */
  rules: {
    community: string;
    scope: Scope;
    /** The member's id, or the platform's own id of a role or channel; '' for everyone and the community. */
    subject: string;
    /** Null: without limit. */
    credits: number | null;
    period: Period;
    set_by: string;
    set_at: Moment;
  };
  /** Moderators' rate limits: videos at once, waiting, and starts. Null: the default applies. */
  pace_rules: {
    community: string;
    /** The platform's own id of a role; '' for everyone. */
    subject: string;
    concurrency: number | null;
    waiting: number | null;
    starts: number | null;
    starts_ms: number | null;
  };
  /** Extra credits, once only. */
  grants: {
    id: string;
    community: string;
    member: string;
    credits: number;
    granted_by: string;
    granted_at: Moment;
    expires_at: Moment | null;
  };
  /** Which part of a hold came from which grant; it counts as long as the hold does. */
  grant_draws: {
    grant_id: string;
    generation_id: string;
    credits: number;
  };
  blocks: {
    community: string;
    member: string;
    reason: string;
    /** Null: for good. */
    until: Moment | null;
    blocked_by: string;
    blocked_at: Moment;
  };
  /** Where videos may be made. */
  channel_rules: {
    community: string;
    channel: string;
    /** 1 or 0; as soon as one channel of a community is allowed, those that are not named are not. */
    allowed: number;
  };
  /** Words and patterns that prompts must not contain. */
  words: {
    community: string;
    /** A word, or a pattern between slashes. */
    word: string;
    added_at: Moment;
  };
  community_settings: {
    community: string;
    name: string;
    /** JSON. */
    value: string;
  };
  /** Who changed what; append-only. */
  audit: {
    position: ColumnType<number, never, never>;
    community: string;
    at: Moment;
    /** A member's id. */
    actor: string;
    action: string;
    /** Whom or what it is about: a member's id, a role's, a word, … */
    subject: string;
    /** JSON; null where there was nothing. */
    before: string | null;
    after: string | null;
  };
  /** The outbox: events of communities that are still to be posted in their log channels, or were. */
  log_entries: {
    position: ColumnType<number, never, never>;
    /** So that nothing is told twice. */
    key: string;
    community: string;
    /** JSON of a `CommunityEvent`. */
    data: string;
    created_at: Moment;
    posted_at: Moment | null;
  };
  /** Requests that were not accepted. */
  refusals: {
    id: string;
    community: string;
    member: string;
    channel: string;
    model: string;
    code: string;
    at: Moment;
  };
  /** Requests that were not accepted, kept for a button that continues them. */
  drafts: {
    id: string;
    community: string;
    member: string;
    /** JSON of a `RequestInput`. */
    input: string;
    created_at: Moment;
  };
  /** Videos that members have pointed out to moderators. */
  reports: {
    generation_id: string;
    reporter: string;
    reason: string;
    at: Moment;
  };
  /** Keyv's entries. */
  entries: {
    namespace: string;
    key: string;
    value: string;
    expires_at: Moment | null;
  };
  /** Messages in the playground's channels. */
  web_messages: {
    id: string;
    /** Grows with each message; the order in a channel. */
    position: ColumnType<number, never, never>;
    channel: string;
    /** '' if nobody but the bot said it, as is `said` then. */
    member: string;
    /** The member's message. */
    said: string;
    /** A member, when nobody else may see it; else null. */
    audience: string | null;
    /** JSON of a `Card`, or null until the first one. */
    card: string | null;
    /** Id of the generation whose clip is in it. */
    clip: string | null;
    created_at: Moment;
  };
}
