import type { ModelPrices } from './models.ts';

/** Settings that moderators have made for their community; undefined where they have made none. */
export interface CommunitySettings {
  /** IANA name of the time zone in which its calendar periods begin. */
  timeZone?: string;
  /** The platform's own id of the channel that is told what happens. */
  logChannel?: string;
  /** In which language it is told: a BCP 47 tag, that of whoever chose the channel. */
  logLocale?: string;
  /** No videos are made for the moment; `reason` is for members. */
  paused?: { reason: string };
  /** Whether replies may be private; they may unless it is false. */
  privateReplies?: boolean;
  /** Prices of a clip of 5 s in credits, by model and resolution. */
  prices?: Readonly<Record<string, ModelPrices>>;
  /** Models that may not be used. */
  disabledModels?: readonly string[];
}

/** The time zone of a community that has set none. */
export const DEFAULT_TIME_ZONE = 'UTC';
