import { at } from '../../domain/marks.ts';
import type { Texts } from '../texts.ts';
import { formatsFor } from '../wording.ts';

const { number, count } = formatsFor('de');

/** What only Slack says, in German. */
export const deSlack: Pick<Texts, 'home' | 'install' | 'slack'> = {
  home: {
    running: 'In der Warteschlange und in Arbeit',
    community: 'Dieser Workspace',
    counts: (running, waiting, more) =>
      `${more ? 'Mehr als ' : ''}${number(running)} in Arbeit, ${number(waiting)} wartend.`,
    usedToday: (value) => `Heute ${count(value, 'Credit', 'Credits')} verbraucht.`,
    moderators: 'Wer moderiert, legst du mit /video-moderate moderators fest.',
    asOf: (ms) => `Stand: ${at(ms, 'time')}.`,
    hint: 'Ein Video machst du überall mit /video oder mit dem Shortcut „Make a video“.',
  },
  install: {
    done: { title: 'Dailies ist installiert', text: 'Schreib in einem Channel /video und mach dein erstes Video.' },
    denied: { title: 'Es wurde nichts installiert', text: 'Du hast in Slack abgelehnt, deshalb ist alles wie vorher.' },
    stale: {
      title: 'Diese Seite ist zu alt',
      text: 'Die Installation wurde vor zu langer Zeit oder in einem anderen Browser begonnen. Fang noch einmal an.',
    },
    failed: {
      title: 'Das hat nicht geklappt',
      text: 'Slack hat die Installation nicht abgeschlossen. Versuch es in einer Minute noch einmal.',
    },
    open: 'Dailies in Slack öffnen',
    again: 'Noch einmal anfangen',
  },
  slack: {
    opening: 'Einen Moment …',
    inDirectMessage: 'Ich habe dir in einer Direktnachricht geantwortet.',
    notMember:
      'Ich bin nicht in diesem Channel, deshalb antworte ich dir in einer Direktnachricht. Damit Videos hier erscheinen, lade mich ein: Schreib /invite @Dailies in den Channel.',
    closed:
      'Dieser Channel nimmt keine Nachrichten von mir an (archiviert, oder nur manche dürfen schreiben), deshalb antworte ich dir in einer Direktnachricht.',
    noDirectMessage: 'Ich kann weder hier noch dir direkt schreiben. Es wurde nichts gestartet und nichts abgezogen.',
    disconnected: 'Dieser Workspace hat mir den Zugang entzogen. Ein Admin muss mich neu installieren.',
    filesInDirectMessage: 'Die Dateien sind in unserer Direktnachricht.',
    filesLost: 'Slack hat die Dateien, die hierher gehören, nicht angenommen. Bitte versuch es noch einmal.',
    wanted: {
      member: 'jemand, als @Name',
      role: 'eine Nutzergruppe, als @Gruppe',
      channel: 'ein Channel, als #Channel',
      mention: 'jemand oder eine Nutzergruppe, als @Name',
    },
    expired: 'Das hat zu lange gedauert, Slack ließ mich das Formular nicht öffnen. Bitte versuch es noch einmal.',
    showAll: 'Alles zeigen',
    prompt: 'Prompt',
    watch: 'Video ansehen',
    close: 'Schließen',
    channel: 'Wohin damit',
  },
};
