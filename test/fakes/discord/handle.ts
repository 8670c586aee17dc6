import type { FakeInteraction, FakeMessage, FakeModal, State } from './state.ts';

const WAIT_MS = 5_000;

/** What came of an interaction. */
export class Handle {
  readonly #state: State;
  readonly interaction: FakeInteraction;

  constructor(state: State, interaction: FakeInteraction) {
    this.#state = state;
    this.interaction = interaction;
  }

  get id(): string {
    return this.interaction.id;
  }

  get token(): string {
    return this.interaction.token;
  }

  /** Resolves when the bot has acknowledged: with which type, and after how many ms. */
  acknowledged(timeoutMs = WAIT_MS): Promise<{ type: number; afterMs: number }> {
    return this.#until(() => this.interaction.acknowledged, timeoutMs);
  }

  /** Resolves with the reply (`@original`) as soon as it is as wanted; deleted ones count too. */
  reply(wanted: (message: FakeMessage) => boolean = () => true, timeoutMs = WAIT_MS): Promise<FakeMessage> {
    return this.#until(() => {
      const message = this.#original();
      return message && wanted(message) ? message : undefined;
    }, timeoutMs);
  }

  /** Resolves with the first follow-up. */
  followUp(timeoutMs = WAIT_MS): Promise<FakeMessage> {
    return this.#until(() => this.#state.messages.get(this.interaction.followUps[0] ?? ''), timeoutMs);
  }

  /** Resolves with the form that was opened. */
  modal(timeoutMs = WAIT_MS): Promise<FakeModal> {
    return this.#until(() => this.interaction.modal, timeoutMs);
  }

  /** Resolves with what was suggested. */
  choices(timeoutMs = WAIT_MS): Promise<{ name: string; value: string | number }[]> {
    return this.#until(() => this.interaction.choices, timeoutMs);
  }

  #original(): FakeMessage | undefined {
    return this.#state.messages.get(this.interaction.original ?? '');
  }

  #until<T>(look: () => T | undefined, timeoutMs: number): Promise<T> {
    const describe = () => JSON.stringify({ interaction: this.interaction, reply: this.#original() ?? null });
    return this.#state.until(look, { timeoutMs, describe });
  }
}
