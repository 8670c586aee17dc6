import type { FakeMessage, FakeView, ResponseUrl, State } from './state.ts';

/** Who does something, where. */
export interface Actor {
  user?: string;
  channel?: string;
}

/** Values of a modal by block id and action id, as they stand in `view.state.values`. */
export type ViewValues = Record<string, Record<string, Record<string, unknown>>>;

/** Builds payloads as Slack sends them. */
export class Payloads {
  readonly #state: State;
  readonly #options: { baseUrl: () => string; triggerLifeMs: number; responseUrlLifeMs: number };

  constructor(state: State, options: { baseUrl: () => string; triggerLifeMs: number; responseUrlLifeMs: number }) {
    this.#state = state;
    this.#options = options;
  }

  /** A slash command; sent as a form over HTTP, as an object in an envelope. */
  command(command: string, text: string, { user = 'U1', channel = 'C1' }: Actor = {}): Record<string, string> {
    return {
      token: 'legacy-verification-token',
      team_id: this.#state.teamId,
      team_domain: 'fake',
      channel_id: channel,
      channel_name: 'general',
      user_id: user,
      user_name: user.toLowerCase(),
      command,
      text,
      api_app_id: this.#state.appId,
      is_enterprise_install: 'false',
      response_url: this.#responseUrl(user, channel).url,
      trigger_id: this.#trigger(),
    };
  }

  shortcut(callbackId: string, { user = 'U1' }: Actor = {}) {
    return { ...this.#who('shortcut', user), action_ts: '1.1', callback_id: callbackId, trigger_id: this.#trigger() };
  }

  messageShortcut(callbackId: string, message: { ts: string; text: string; thread_ts?: string }, actor: Actor = {}) {
    const { user = 'U1', channel = 'C1' } = actor;
    return {
      ...this.#who('message_action', user),
      action_ts: '1.1',
      callback_id: callbackId,
      trigger_id: this.#trigger(),
      response_url: this.#responseUrl(user, channel).url,
      message_ts: message.ts,
      channel: { id: channel, name: 'general' },
      message: { type: 'message', user, ...message },
    };
  }

  /** A button on a message, or on something that only the presser sees when `ephemeral`. */
  press(
    on: Pick<FakeMessage, 'ts' | 'channel' | 'threadTs' | 'text' | 'blocks'>,
    actionId: string,
    value: string,
    { user = 'U1', ephemeral = false }: Actor & { ephemeral?: boolean } = {},
  ) {
    return {
      ...this.#who('block_actions', user),
      container: {
        type: 'message',
        message_ts: on.ts,
        channel_id: on.channel,
        is_ephemeral: ephemeral,
        ...(on.threadTs && { thread_ts: on.threadTs }),
      },
      trigger_id: this.#trigger(),
      channel: { id: on.channel, name: 'general' },
      ...(!ephemeral && {
        message: { type: 'message', ts: on.ts, text: on.text, blocks: on.blocks, thread_ts: on.threadTs },
      }),
      response_url: this.#responseUrl(user, on.channel).url,
      actions: [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: `${Date.now()}.1` }],
    };
  }

  /** Something chosen or pressed in a modal or the Home tab. */
  viewAction(view: FakeView, action: Record<string, unknown>, values: ViewValues = {}, { user = 'U1' }: Actor = {}) {
    return {
      ...this.#who('block_actions', user),
      container: { type: 'view', view_id: view.id },
      trigger_id: this.#trigger(),
      view: this.#view(view, values),
      actions: [{ action_ts: `${Date.now()}.1`, ...action }],
    };
  }

  submission(view: FakeView, values: ViewValues, { user = 'U1', channel }: Actor = {}) {
    return {
      ...this.#who('view_submission', user),
      trigger_id: this.#trigger(),
      view: this.#view(view, values),
      response_urls:
        channel === undefined
          ? []
          : [
              {
                block_id: 'channel',
                action_id: 'value',
                channel_id: channel,
                response_url: this.#responseUrl(user, channel).url,
              },
            ],
    };
  }

  event(event: { type: string } & Record<string, unknown>) {
    return {
      token: 'legacy-verification-token',
      team_id: this.#state.teamId,
      api_app_id: this.#state.appId,
      event,
      type: 'event_callback',
      event_id: this.#state.id('Ev'),
      event_time: 1_700_000_000,
      authorizations: [
        {
          enterprise_id: null,
          team_id: this.#state.teamId,
          user_id: this.#state.botUserId,
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
    };
  }

  #who(type: string, user: string) {
    const team = { id: this.#state.teamId, domain: 'fake' };
    return {
      type,
      token: 'legacy-verification-token',
      team,
      enterprise: null,
      is_enterprise_install: false,
      user: { id: user, name: user.toLowerCase(), username: user.toLowerCase(), team_id: team.id },
      api_app_id: this.#state.appId,
    };
  }

  #view({ id, hash, team, raw }: FakeView, values: ViewValues) {
    return {
      ...raw,
      id,
      hash,
      team_id: team,
      app_id: this.#state.appId,
      bot_id: this.#state.botId,
      app_installed_team_id: team,
      root_view_id: id,
      previous_view_id: null,
      state: { values },
    };
  }

  #trigger(): string {
    return this.#state.trigger(this.#options.triggerLifeMs);
  }

  #responseUrl(user: string, channel: string): ResponseUrl {
    const path = `/response/${this.#state.id('R')}`;
    const known = {
      url: `${this.#options.baseUrl()}${path}`,
      user,
      channel,
      uses: 0,
      expiresAt: Date.now() + this.#options.responseUrlLifeMs,
    };
    this.#state.responseUrls.set(path, known);
    return known;
  }
}
