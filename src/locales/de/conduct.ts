import { at, mention } from '../../domain/marks.ts';
import type { Texts } from '../texts.ts';
import { sentence } from '../wording.ts';
import { credits, number } from './words.ts';

const member = (id: string) => mention('member', id);
const channel = (id: string) => mention('channel', id);
const because = (reason: string) => (reason ? `: ${sentence(reason)}` : '.');

/** What moderators read about who may make videos, where, with which model, and of what, in German. */
export const deConduct: Pick<Texts, 'conduct'> = {
  conduct: {
    page: (page, of) => `Seite ${number(page)} von ${number(of)}`,
    memberExpected: 'ein Mitglied von hier',
    channelExpected: 'ein Kanal von hier',
    lengthExpected: 'eine Dauer wie 12h, 7d oder 2w, höchstens zehn Jahre; ohne Angabe gilt es für immer',
    reasonExpected: (max) => `höchstens ${number(max)} Zeichen lang`,
    blocks: {
      title: 'Gesperrte Mitglieder',
      blocked: (id, until, reason) =>
        `${member(id)} kann hier ${until === null ? 'keine Videos mehr' : `bis ${at(until, 'date')} keine Videos`} machen${because(reason)}`,
      waiting: 'Schon wartende Videos entstehen trotzdem, außer du brichst sie ab.',
      unblocked: (id) => `${member(id)} kann hier wieder Videos machen.`,
      notBlocked: (id) => `${member(id)} ist nicht gesperrt.`,
      yourself: 'Dich selbst kannst du nicht sperren.',
      none: 'Niemand ist gesperrt.',
      line: (id, until, reason, by) =>
        `${member(id)}: ${until === null ? 'für immer' : `bis ${at(until, 'date')}`}, von ${member(by)}${reason && `: ${reason}`}`,
    },
    channels: {
      title: 'Wo Videos erlaubt sind',
      allowed: (id) => `In ${channel(id)} sind jetzt Videos erlaubt.`,
      denied: (id) => `In ${channel(id)} sind jetzt keine Videos erlaubt.`,
      cleared: (id) => `${channel(id)} ist jetzt weder ausdrücklich erlaubt noch verboten.`,
      unlisted: (id) => `${channel(id)} war weder ausdrücklich erlaubt noch verboten.`,
      noNumber: (place) => `In der Liste gibt es keinen Kanal mit der Nummer ${number(place)}.`,
      isAllowed: 'erlaubt',
      isDenied: 'verboten',
      onlyAllowed: 'Solange einzelne Kanäle ausdrücklich erlaubt sind, sind es alle anderen nicht.',
      allOthers: 'Alle anderen Kanäle sind erlaubt.',
      everywhere: 'In allen Kanälen sind Videos erlaubt.',
      threads: 'Für einen Thread gilt dasselbe wie für seinen Kanal.',
    },
    models: {
      title: 'Modelle',
      enabled: (id) => `Das Modell ${id} ist hier jetzt eingeschaltet.`,
      disabled: (id) => `Das Modell ${id} ist hier jetzt ausgeschaltet.`,
      last: (id) => `${id} ist das einzige Modell, das noch eingeschaltet ist. Schalte zuerst ein anderes ein.`,
      cost: (id, cost, duration, resolution) =>
        `Ein Video mit ${id}${resolution === undefined ? '' : ` in ${resolution}`} kostet jetzt ${credits(cost)} für ${number(duration)} s.`,
      line: (id, prices, duration) => `${id}: ${prices} Credits für ${number(duration)} s`,
      rounded: 'Andere Längen kosten pro Sekunde dasselbe, aufgerundet auf ganze Credits.',
      accepted: 'Für schon angefragte Videos gilt der alte Preis.',
      goneLine: (id) => `${id}: nicht mehr verfügbar`,
      on: 'eingeschaltet',
      off: 'ausgeschaltet',
    },
    words: {
      title: 'Verbotene Wörter',
      added: (word) => `Prompts mit „${word}“ werden jetzt abgelehnt.`,
      known: (word) => `Prompts mit „${word}“ werden schon abgelehnt.`,
      removed: (word) => `„${word}“ steht nicht mehr auf der Liste.`,
      unknown: (word) => `„${word}“ steht nicht auf der Liste.`,
      full: (max) => `Die Liste ist voll: Sie hat ${number(max)} Einträge. Nimm zuerst einen heraus.`,
      patternsFull: (max) =>
        `Die Liste hat ${number(max)} Muster, mehr gehen nicht. Nimm zuerst eines heraus oder füge Wörter hinzu.`,
      none: 'Es sind keine Wörter verboten.',
    },
    settings: {
      title: 'Was hier eingestellt ist',
      timeZoneSet: (zone) => `Stunden, Tage, Wochen und Monate der Credits beginnen jetzt nach der Uhr von ${zone}.`,
      zoneExpected: 'ein Name wie Europe/Berlin, America/New_York oder Asia/Tokyo',
      privateOn: 'Private Antworten sind hier jetzt erlaubt.',
      privateOff: 'In privaten Antworten lassen sich hier keine Videos mehr machen.',
      timeZone: 'Zeitzone',
      privateReplies: 'Private Antworten',
      allowed: 'erlaubt',
      notAllowed: 'nicht erlaubt',
      logChannel: 'Log-Kanal',
      none: 'keiner',
      paused: 'Angehalten',
      isPaused: (reason) => (reason ? `ja: ${reason}` : 'ja'),
      isNotPaused: 'nein',
    },
    log: {
      title: 'Log-Kanal',
      on: (id) =>
        `Ich protokolliere Videos, Ablehnungen, Meldungen und Änderungen jetzt in ${channel(id)}. Diese Änderung steht dort als Erstes; wenn sie nicht erscheint, kann ich dort nicht schreiben.`,
      readers: 'Wer diesen Kanal lesen kann, liest auch die Prompts.',
      off: 'Ich protokolliere jetzt in keinem Kanal mehr.',
    },
    pause: {
      title: 'Angehalten',
      paused: (reason) => `Hier werden jetzt keine neuen Videos angenommen${because(reason)}`,
      accepted: 'Was schon angefragt war, entsteht trotzdem.',
      resumed: 'Hier können wieder Videos gemacht werden.',
      notPaused: 'Hier ist nichts angehalten.',
    },
  },
};
