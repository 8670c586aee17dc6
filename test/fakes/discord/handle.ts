import type { FakeInteraction, FakeMessage, FakeModal, State } from './state.ts';

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

  /** What is there of it at this moment. */
  get shown(): { reply: FakeMessage | undefined; followUp: FakeMessage | undefined; modal: FakeModal | undefined } {
    const { original = '', followUps, modal } = this.interaction;
    const { messages } = this.#state;
    return { reply: messages.get(original), followUp: messages.get(followUps[0] ?? ''), modal };
  }

  /** Resolves when the bot has acknowledged: with which type, and after how many ms. */
  acknowledged(): Promise<{ type: number; afterMs: number }> {
    return this.#until(() => this.interaction.acknowledged);
  }

  /** Resolves with the reply (`@original`) as soon as it is as wanted; deleted ones count too. */
  reply(wanted: (message: FakeMessage) => boolean = () => true): Promise<FakeMessage> {
    return this.#until(() => {
      const { reply } = this.shown;
      return reply && wanted(reply) ? reply : undefined;
    });
  }

  /** Resolves with the first follow-up. */
  followUp(): Promise<FakeMessage> {
    return this.#until(() => this.shown.followUp);
  }

  /** Resolves with the form that was opened. */
  modal(): Promise<FakeModal> {
    return this.#until(() => this.interaction.modal);
  }

  /** Resolves with what was suggested. */
  choices(): Promise<{ name: string; value: string | number }[]> {
    return this.#until(() => this.interaction.choices);
  }

  #until<T>(look: () => T | undefined): Promise<T> {
    const { interaction } = this;
    return this.#state.waits.until(look, () => JSON.stringify({ interaction, reply: this.shown.reply ?? null }));
  }
}
