import { Client, Events } from 'discord.js';

/** What everyone writes first: discord.js, and nothing but a deferred reply to whatever comes. */
const { DISCORD_TOKEN, DISCORD_API_URL } = process.env;

const client = new Client({ intents: [], ...(DISCORD_API_URL && { rest: { api: DISCORD_API_URL } }) });
client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand()) await interaction.deferReply();
});
await client.login(DISCORD_TOKEN);
process.once('SIGTERM', () => process.exit());
