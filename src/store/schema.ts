import type { ColumnType } from 'kysely';
import type { GenerationState } from '../generation/generation.ts';

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
    /** JSON of a `VideoRequest`; its prompt is emptied when retention has passed. */
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
  };
  /** Credits set aside for one generation. */
  holds: {
    generation_id: string;
    community: string;
    member: string;
    credits: number;
    state: 'held' | 'settled' | 'released';
    created_at: Moment;
  };
  /** One row for each generation whose clip is being or has been put into its reply. */
  deliveries: {
    generation_id: string;
    claimed_at: Moment;
    /** Id of the message or file that holds the clip, or `link`; null while it is not known. */
    receipt: string | null;
    delivered_at: Moment | null;
  };
  /** Who moderates a community besides those whom the platform says. */
  moderators: {
    community: string;
    /** The platform's own id of a member or a role. */
    subject: string;
    /** A member's id. */
    added_by: string;
    added_at: Moment;
  };
  /** Keyv's entries. */
  entries: {
    namespace: string;
    key: string;
    value: string;
    expires_at: Moment | null;
  };
  /** The playground's channel. */
  web_messages: {
    id: string;
    /** Grows with each message; the order in the channel. */
    position: ColumnType<number, never, never>;
    member: string;
    /** What the member typed. */
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
