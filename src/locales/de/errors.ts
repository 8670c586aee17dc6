import type { ErrorCode, ErrorParams, RuleName } from '../../domain/failure.ts';
import { at, mention } from '../../domain/marks.ts';
import { sentence, whyTooLate, writeExpected } from '../wording.ts';
import { count, credits, either, number, PER, whole } from './words.ts';

const RULES: Record<RuleName['scope'], (subject: string) => string> = {
  default: () => 'Das Limit für alle',
  everyone: () => 'Das Limit für alle hier',
  role: (subject) => `Das Limit von ${mention('role', subject)}`,
  member: () => 'Dein eigenes Limit',
  channel: () => 'Das Limit dieses Kanals',
  community: () => 'Das Budget hier',
};
const TOO_LATE = {
  cancelled: 'Dieses Video ist schon abgebrochen.',
  running: 'Dieses Video entsteht schon und lässt sich nicht mehr abbrechen.',
  finished: 'Dieses Video ist schon fertig.',
};

/** Why an entry cannot be on a word list. */
const WORD_INVALID: { [R in ErrorParams['word_invalid']['reason']]: (word: string) => string } = {
  empty: (word) => `In „${word}“ gibt es nichts, wonach gesucht werden könnte.`,
  long: () => 'Dieser Eintrag ist zu lang; kürze ihn.',
  regex: (word) =>
    `„${word}“ ist kein Muster, das sich hier verwenden lässt: Es ist ungültig, oder es würde zu lange dauern.`,
  'matches everything': (word) => `„${word}“ würde auf jeden Prompt zutreffen.`,
};

/** One sentence or two for each way in which something can go wrong, in German. */
export const deErrors: { [C in ErrorCode]: (params: ErrorParams[C]) => string } = {
  prompt_empty: () => 'Der Prompt ist leer. Sag, was das Video zeigen soll.',
  prompt_too_long: ({ length, max }) =>
    `Der Prompt ist ${number(length)} Zeichen lang; höchstens ${number(max)} sind möglich. Kürze ihn und versuch es noch einmal.`,
  prompt_characters: ({ character, position }) =>
    `Der Prompt enthält ein unsichtbares Steuerzeichen (${character}, an Stelle ${number(position)}). Entferne es und versuch es noch einmal.`,
  model_unknown: ({ model, models }) => `Das Modell „${model}“ gibt es nicht. Zur Wahl stehen: ${models.join(', ')}.`,
  model_withdrawn: ({ model, successor }) =>
    `Das Modell ${model} gibt es nicht mehr.${successor === null ? '' : ` Nimm stattdessen ${successor}.`}`,
  models_gone: () => 'Im Moment ist kein Modell verfügbar. Der Betreiber des Bots muss das beheben.',
  option_unknown: ({ option, options, nearest }) =>
    `Die Option „${option}“ gibt es nicht.${nearest === null ? ` Verfügbar: ${options.join(', ')}.` : ` Meintest du „${nearest}“?`}`,
  option_unsupported: ({ option, model }) => `Das Modell ${model} hat keine Option „${option}“.`,
  option_value: ({ option, expected }) => `${option} muss ${writeExpected(expected, either, whole)} sein.`,
  queue_full: ({ running, waiting, max, roomAt }) =>
    `Du hast ${count(running, 'Video', 'Videos')} in Arbeit und ${number(waiting)} in der Warteschlange; mehr als ${number(max)} können nicht warten. ` +
    (roomAt === null
      ? 'Sobald eins fertig ist, ist wieder Platz.'
      : `Voraussichtlich ist ${at(roomAt, 'relative')} wieder Platz.`),
  too_many_waiting: () =>
    'Es warten so viele Videos, dass gerade keine weiteren angenommen werden. Es wurde nichts abgezogen; bitte versuch es später noch einmal.',
  quota_exhausted: ({ cost, used, quota, period, resetsAt, rule, granted }) =>
    `Dieses Video kostet ${credits(cost)}. ${RULES[rule.scope](rule.subject)}: ${credits(quota)} ${PER[period]}, davon sind ${number(used)} verbraucht` +
    `${granted > 0 ? `; auch mit ${credits(granted)} extra reicht es nicht` : ''}. ` +
    `Übrig: ${number(Math.max(0, quota - used) + granted)}` +
    `${quota > 0 ? `; neue gibt es ${at(resetsAt, 'relative')}, am ${at(resetsAt, 'date')}` : ''}.`,
  quota_forbidden: ({ rule }) =>
    `Du kannst hier keine Videos machen. ${RULES[rule.scope](rule.subject)}: keine Credits.`,
  channel_exhausted: ({ cost, used, quota, period, resetsAt }) =>
    `Dieses Video kostet ${credits(cost)}. Dieser Kanal hat ${credits(quota)} ${PER[period]}, davon sind ${number(used)} verbraucht. ` +
    `Neue gibt es ${at(resetsAt, 'relative')}, am ${at(resetsAt, 'date')}.`,
  budget_exhausted: ({ cost, used, quota, period, resetsAt }) =>
    `Dieses Video kostet ${credits(cost)}. Das Budget hier beträgt ${credits(quota)} ${PER[period]}, davon sind ${number(used)} verbraucht. ` +
    `Es erneuert sich ${at(resetsAt, 'relative')}, am ${at(resetsAt, 'date')}.`,
  paused: ({ reason }) =>
    `Die Moderation hat das Erstellen von Videos angehalten${reason ? `: ${sentence(reason)}` : '.'}`,
  blocked: ({ reason, until }) =>
    `Die Moderation lässt dich hier ${until === null ? 'keine Videos mehr' : `bis ${at(until, 'date')} keine Videos`} machen${reason ? `: ${sentence(reason)}` : '.'}`,
  channel_denied: () => 'Die Moderation erlaubt in diesem Kanal keine Videos. Versuch es in einem anderen.',
  model_disabled: ({ model, models }) =>
    `Die Moderation hat das Modell ${model} hier abgeschaltet.${models.length > 0 ? ` Du kannst nehmen: ${models.join(', ')}.` : ''}`,
  private_denied: () => 'Die Moderation erlaubt hier keine privaten Antworten. Frag noch einmal ohne „private“.',
  draft_gone: () =>
    'Diese Anfrage wurde schon gesendet oder ist zu alt. Gib sie für ein weiteres Video noch einmal ein.',
  direct_denied: () => 'In Direktnachrichten mache ich keine Videos. Frag auf einem Server oder in einem Kanal.',
  words_refused: () => 'Die Regeln hier verbieten diesen Prompt. Ändere ihn und versuch es noch einmal.',
  moderators_only: () => 'Das können nur Moderatoren.',
  word_invalid: ({ word, reason }) => WORD_INVALID[reason](word),
  requester_only: () => 'Das kann nur die Person, die dieses Video angefragt hat.',
  generation_unknown: () => 'Dieses Video ist hier nicht mehr bekannt.',
  cancel_too_late: ({ state }) => TOO_LATE[whyTooLate(state)],
  remove_too_early: () => 'Dieses Video ist noch nicht fertig. Brich es ab oder warte, bis es da ist.',
  video_forgotten: () => 'Dieses Video ist hier nicht mehr gespeichert.',
  prompt_forgotten: () =>
    'Der Prompt dieses Videos wurde entfernt, deshalb lässt es sich von hier aus nicht noch einmal machen.',
  command_unknown: ({ command }) => `Den Befehl „${command}“ gibt es nicht.`,
  rejected: ({ hint }) => `Der Videodienst hat diese Anfrage nicht angenommen${hint ? `: ${sentence(hint)}` : '.'}`,
  moderated: ({ hint }) =>
    `Der Videodienst hat diesen Prompt nach seinen Inhaltsregeln abgelehnt${hint ? `: ${sentence(hint)}` : '.'} Ändere den Prompt und versuch es noch einmal.`,
  provider_failed: ({ hint }) =>
    `Der Videodienst konnte dieses Video nicht machen${hint ? `: ${sentence(hint)}` : '.'}`,
  operator_must_look: () =>
    'Der Videodienst akzeptiert das Konto dieses Bots zurzeit nicht. Darum muss sich der Betreiber kümmern.',
  provider_unavailable: () => 'Der Videodienst ist schon zu lange gestört.',
  submission_lost: () =>
    'Beim Bestellen des Videos ist die Verbindung abgerissen, und der Videodienst weiß nichts davon.',
  generation_lost: () => 'Der Videodienst kennt dieses Video nicht mehr.',
  video_missing: () => 'Der Videodienst meldet, dass er fertig ist, aber es gibt kein Video.',
  timed_out: ({ minutes }) => `Das Video war nach ${count(minutes, 'Minute', 'Minuten')} noch nicht fertig.`,
  video_unusable: () => 'Der Videodienst hat eine Datei geliefert, die kein vollständiges Video ist.',
  undelivered: () => 'Das Video ist fertig, aber es ließ sich nicht in diesen Chat stellen.',
  stopping: () => 'Der Bot wird gerade neu gestartet. Bitte versuch es in einer Minute noch einmal.',
  internal: () => 'Bei uns ist etwas schiefgegangen. Es wurde nichts abgezogen; bitte versuch es noch einmal.',
};
