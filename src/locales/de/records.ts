import { at } from '../../domain/marks.ts';
import type { Texts } from '../texts.ts';
import { sentence } from '../wording.ts';
import { count, credits, number } from './words.ts';

const videos = (value: number) => count(value, 'Video', 'Videos');
const signed = (value: number) => (value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${number(Math.abs(value))}`);

/** What is said of what happened, and of its end, in German. */
export const deRecords: Pick<Texts, 'audit' | 'usage' | 'forget' | 'cancelling' | 'reporting' | 'blocking' | 'log'> = {
  audit: {
    title: 'Änderungen',
    empty: 'Hier wurde noch nichts geändert.',
    actions: {
      'quota.set': 'Limit festgelegt',
      'quota.clear': 'Limit aufgehoben',
      'quota.grant': 'Extra-Credits vergeben',
      'quota.revoke': 'Extra-Credits zurückgenommen',
      'budget.set': 'Budget festgelegt',
      'budget.clear': 'Budget aufgehoben',
      'pace.set': 'Tempo festgelegt',
      'pace.clear': 'Tempo aufgehoben',
      block: 'Mitglied gesperrt',
      unblock: 'Mitglied entsperrt',
      'channel.allow': 'Kanal erlaubt',
      'channel.deny': 'Kanal verboten',
      'channel.clear': 'Kanal von der Liste genommen',
      'model.enable': 'Modell eingeschaltet',
      'model.disable': 'Modell abgeschaltet',
      'model.cost': 'Preis geändert',
      'word.add': 'Wort verboten',
      'word.remove': 'Wort wieder erlaubt',
      'moderators.add': 'Moderator ernannt',
      'moderators.remove': 'Moderator abgesetzt',
      'settings.timezone': 'Zeitzone geändert',
      'settings.private': 'Private Antworten geändert',
      'settings.log': 'Protokollkanal geändert',
      pause: 'Angehalten',
      resume: 'Fortgesetzt',
      cancel: 'Videos abgebrochen',
      delete: 'Video gelöscht',
      forget: 'Videos vergessen',
      report: 'Video gemeldet',
    },
  },
  usage: {
    title: { day: 'Nutzung heute', week: 'Nutzung diese Woche', month: 'Nutzung diesen Monat' },
    since: (ms, timeZone) => `Seit ${at(ms, 'date')} (${timeZone}).`,
    brackets: {
      day: 'In Klammern: mehr oder weniger als am ganzen Tag davor.',
      week: 'In Klammern: mehr oder weniger als in der ganzen Woche davor.',
      month: 'In Klammern: mehr oder weniger als im ganzen Monat davor.',
    },
    videos: 'Videos',
    credits: 'Credits',
    refusals: 'Abgelehnt',
    failures: 'Ohne Video',
    figure: (value, change) => `${number(value)} (${signed(change)})`,
    models: 'Modelle',
    members: 'Die meisten Videos',
    share: (name, made, spent) => `${name}: ${videos(made)}, ${credits(spent)}`,
    periods: { day: 'heute', week: 'diese Woche', month: 'diesen Monat' },
    picture: {
      legend: {
        day: 'Balken: Videos je Stunde. Striche: der Tag davor.',
        week: 'Balken: Videos je Tag. Striche: die Woche davor.',
        month: 'Balken: Videos je Tag. Striche: der Monat davor.',
      },
      alt: (made, before) =>
        `Ein Balkendiagramm: ${videos(made)}, mit einer Linie für die ${number(before)} der Zeit davor.`,
    },
    export: {
      title: 'Tabelle',
      text: (rows) => `Die Datei führt ${videos(rows)} auf, ohne Prompts.`,
      omitted: (rows) => `Mit den ${number(rows)} davor wäre sie zu groß.`,
      nothing: 'Noch gibt es nichts zu exportieren.',
      alt: (rows) => `Eine Tabelle mit ${count(rows, 'Video', 'Videos')}`,
    },
  },
  forget: {
    title: 'Videos vergessen',
    ask: (who) =>
      `Das entfernt alle Prompts und gespeicherten Videos von ${who} hier. Es lässt sich nicht rückgängig machen.`,
    askOwn: 'Das entfernt alle deine Prompts und gespeicherten Videos hier. Es lässt sich nicht rückgängig machen.',
    chat: 'Nachrichten können im Chat stehen bleiben; dort lassen sie sich löschen.',
    done: (who, value) => `${videos(value)} von ${who} vergessen: kein Prompt mehr, keine Datei.`,
    doneOwn: (value) => `${videos(value)} von dir vergessen: kein Prompt mehr, keine Datei.`,
    nothing: 'Es gab nichts zu vergessen.',
    unfinished: (value) =>
      `${count(value, 'Video entsteht', 'Videos entstehen')} noch. So lange wird der Prompt gebraucht; lass sie danach noch einmal vergessen.`,
  },
  cancelling: {
    title: 'Wartende Videos',
    all: (value) => `${count(value, 'wartendes Video wurde', 'wartende Videos wurden')} abgebrochen.`,
    of: (who, value) =>
      `${count(value, 'wartendes Video', 'wartende Videos')} von ${who} ${value === 1 ? 'wurde' : 'wurden'} abgebrochen.`,
    none: 'Es wartet kein Video.',
    noneOf: (who) => `Von ${who} wartet kein Video.`,
  },
  reporting: {
    reason: 'Was ist daran nicht in Ordnung?',
    title: 'Gemeldet',
    done: 'Danke. Die Moderation kann deine Meldung sehen.',
    known: 'Du hast dieses Video schon gemeldet; die Moderation kann es sehen.',
  },
  blocking: {
    for: 'Wie lange? Leer: auf Dauer',
    reason: 'Warum? Das Mitglied kann es lesen',
  },
  log: {
    video: 'Videoanfrage',
    refused: 'Abgelehnte Anfrage',
    reported: 'Gemeldetes Video',
    budget: 'Das Budget hier',
    made: (who, where, model, cost) => `${who} hat in ${where} mit ${model} ein Video gemacht, für ${credits(cost)}.`,
    ended: (who, where, model, outcome, why) =>
      `${who} hat in ${where} ein Video mit ${model} angefragt: ${outcome}.${why ? ` ${sentence(why)}` : ''}`,
    refusal: (who, where, why) => `${who} hat in ${where} kein Video bekommen: ${why}.`,
    report: (who, whose, reason) =>
      `${who} hat ein Video von ${whose} gemeldet${reason ? `: ${sentence(reason)}` : '.'}`,
    spent: (percent, used, of, resetsAt) =>
      `${number(percent)} % des Budgets sind verbraucht: ${number(used)} von ${credits(of)}. Es wird ${at(resetsAt, 'relative')} erneuert, am ${at(resetsAt, 'date')}.`,
    deleted: 'Gelöschtes Video',
    deletedBy: (who) => `${who} hat dieses Video gelöscht, mit Prompt und Antwort.`,
    why: {
      queue_full: 'zu viele Videos dieses Mitglieds warten',
      quota_exhausted: 'keine Credits mehr übrig',
      quota_forbidden: 'ein Limit erlaubt keine Credits',
      channel_exhausted: 'die Credits des Kanals sind verbraucht',
      budget_exhausted: 'das Budget ist verbraucht',
      paused: 'das Erstellen von Videos ist angehalten',
      blocked: 'das Mitglied ist gesperrt',
      channel_denied: 'dort sind keine Videos erlaubt',
      model_disabled: 'das Modell ist abgeschaltet',
      private_denied: 'private Antworten sind nicht erlaubt',
      words_refused: 'ein verbotenes Wort im Prompt',
      other: 'die Anfrage wurde nicht angenommen',
    },
  },
};
