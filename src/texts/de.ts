import type { Period } from '../limits/periods.ts';
import { deSlack } from './de-slack.ts';
import { at } from './marks.ts';
import type { Texts } from './texts.ts';
import { formatsFor, sentence, shortDuration, whyTooLate, writeOption } from './wording.ts';

const { number, count, bytes } = formatsFor('de');
const credits = (value: number) => count(value, 'Credit', 'Credits');
const PER: Record<Period, string> = { hour: 'pro Stunde', day: 'am Tag', week: 'pro Woche', month: 'im Monat' };
const TOO_LATE = {
  cancelled: 'Dieses Video ist schon abgebrochen.',
  running: 'Dieses Video entsteht schon und lässt sich nicht mehr abbrechen.',
  finished: 'Dieses Video ist schon fertig.',
};

/** Everything that people read, in German. */
export const de: Texts = {
  errors: {
    prompt_empty: () => 'Der Prompt ist leer. Sag, was das Video zeigen soll.',
    prompt_too_long: ({ length, max }) =>
      `Der Prompt ist ${number(length)} Zeichen lang; höchstens ${number(max)} sind möglich. Kürze ihn und versuch es noch einmal.`,
    prompt_characters: ({ character, position }) =>
      `Der Prompt enthält ein unsichtbares Steuerzeichen (${character}, an Stelle ${number(position)}). Entferne es und versuch es noch einmal.`,
    model_unknown: ({ model, models }) => `Das Modell „${model}“ gibt es nicht. Zur Wahl stehen: ${models.join(', ')}.`,
    option_unknown: ({ option, options }) =>
      `Die Option „${option}“ gibt es nicht. Es gibt diese Optionen: ${options.join(', ')}.`,
    option_unsupported: ({ option, model }) => `Das Modell ${model} hat keine Option „${option}“.`,
    option_value: ({ option, value, expected }) =>
      `„${value}“ passt nicht zur Option ${option}. Mögliche Werte: ${expected}.`,
    queue_full: ({ running, waiting, max, roomAt }) =>
      `Du hast ${count(running, 'Video', 'Videos')} in Arbeit und ${number(waiting)} in der Warteschlange; mehr als ${number(max)} können nicht warten. ` +
      (roomAt === null
        ? 'Sobald eins fertig ist, ist wieder Platz.'
        : `Voraussichtlich ist ${at(roomAt, 'relative')} wieder Platz.`),
    quota_exhausted: ({ cost, used, quota, resetsAt }) =>
      `Dieses Video kostet ${credits(cost)}, und du hast ${number(used)} von deinen ${number(quota)} verbraucht. ` +
      `Deine Credits bekommst du ${at(resetsAt, 'relative')} zurück.`,
    moderators_only: () => 'Das können nur Moderatoren.',
    requester_only: () => 'Das kann nur die Person, die dieses Video angefragt hat.',
    generation_unknown: () => 'Dieses Video ist hier nicht mehr bekannt.',
    cancel_too_late: ({ state }) => TOO_LATE[whyTooLate(state)],
    remove_too_early: () => 'Dieses Video ist noch nicht fertig. Brich es ab oder warte, bis es da ist.',
    video_forgotten: () => 'Dieses Video ist hier nicht mehr gespeichert.',
    prompt_forgotten: () =>
      'Der Prompt dieses Videos wurde entfernt, deshalb lässt es sich von hier aus nicht noch einmal machen.',
    command_unknown: ({ command }) => `Den Befehl „${command}“ gibt es nicht.`,
    rejected: ({ hint }) => `Der Videodienst hat diese Anfrage nicht angenommen: ${sentence(hint)}`,
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
    timed_out: ({ minutes }) => `Das Video war nach ${count(minutes, 'Minute', 'Minuten')} noch nicht fertig.`,
    video_unusable: () => 'Der Videodienst hat eine Datei geliefert, die kein vollständiges Video ist.',
    undelivered: () => 'Das Video ist fertig, aber es ließ sich nicht in diesen Chat stellen.',
    stopping: () => 'Der Bot wird gerade neu gestartet. Bitte versuch es in einer Minute noch einmal.',
    internal: () => 'Bei uns ist etwas schiefgegangen. Es wurde nichts abgezogen; bitte versuch es noch einmal.',
  },
  commands: {
    video: 'Aus einer Beschreibung ein Video machen',
    queue: 'Deine Videos, die warten oder gerade entstehen',
    history: 'Deine letzten Videos',
    quota: 'Wie viele Credits du noch hast und wann es neue gibt',
    help: 'Was du hier machen kannst und was es kostet',
    moderate: 'Für Moderatoren',
    'moderate queue': 'Die Videos, die auf diesem Server warten oder gerade entstehen',
    'moderate moderators add': 'Ein Mitglied oder eine Gruppe zum Moderator dieses Bots ernennen',
    'moderate moderators remove': 'Einem Mitglied oder einer Gruppe das wieder entziehen',
    'moderate moderators list': 'Wer zum Moderator dieses Bots ernannt wurde',
  },
  commandWords: {
    video: 'video',
    queue: 'warteschlange',
    history: 'verlauf',
    quota: 'guthaben',
    help: 'hilfe',
    moderate: 'moderieren',
    moderators: 'moderatoren',
    add: 'hinzufügen',
    remove: 'entfernen',
    list: 'liste',
  },
  messageCommands: {
    video_from_message: 'Daraus ein Video machen',
  },
  forms: {
    edit: { title: 'Prompt ändern', send: 'Video machen' },
    video: { title: 'Ein Video machen', send: 'Video machen' },
  },
  options: {
    prompt: 'Was das Video zeigen soll',
    private: 'Nur du siehst die Antwort',
    page: 'Welche Seite; 1 sind die neuesten',
    who: 'Ein Mitglied oder eine Gruppe, mit @ erwähnt',
    model: 'Welches Modell es macht',
    resolution: 'Wie scharf: die kurze Seite des Bildes',
    aspect_ratio: 'Das Seitenverhältnis des Bildes',
    duration: 'Wie lang, in Sekunden',
    seed: 'Derselbe Seed mit demselben Prompt gibt wieder ein ähnliches Video',
    camera_fixed: 'Die Kamera bewegt sich nicht',
    watermark: 'Mit dem Wasserzeichen des Anbieters',
  },
  modelChoice: (id, label, cost, duration) => `${id}: ${label}, ${credits(cost)} für ${number(duration)} s`,
  buttons: {
    cancel: 'Abbrechen',
    again: 'Noch einmal',
    edit: 'Prompt ändern',
    pro: 'Dasselbe in pro',
    delete: 'Löschen',
    check: 'Noch einmal nachsehen',
    deliver: 'Noch einmal zustellen',
    newer: 'Neuere',
    older: 'Ältere',
  },
  cards: {
    queued: 'In der Warteschlange',
    queuedText: (position) => (position <= 1 ? 'Als Nächstes dran.' : `Auf Platz ${number(position)}.`),
    queuedNotBefore: (ms) => `Du hast zuletzt viele Videos gestartet; das nächste beginnt ${at(ms, 'relative')}.`,
    providerBusy: 'Der Videodienst ist ausgelastet; ich versuche es weiter.',
    submitting: 'Das Video wird bestellt',
    submissionUnclear: 'Auf die Bestellung kam keine Antwort; ich sehe nach, ob sie angekommen ist.',
    generating: 'Das Video entsteht',
    delivering: 'Das Video wird abgeholt',
    deliveringAgain: 'Der Chat hat das Video noch nicht angenommen; ich versuche es weiter.',
    delivered: 'Dein Video',
    tooLarge: (size, limit) =>
      `Die Datei hat ${size}, mehr als die ${limit}, die dieser Chat annimmt; deshalb hier ein Link.`,
    linkExpires: (ms) => `Der Link funktioniert bis ${at(ms, 'date')}.`,
    failed: 'Diesmal kein Video',
    cancelled: 'Abgebrochen',
    timedOut: 'Es dauert zu lange',
    undelivered: 'Zustellung nicht geglückt',
    checkPending: 'Noch nicht fertig. Sieh in einer Minute noch einmal nach.',
    refused: 'Das hat nicht geklappt',
    refund: (value) => `Du hast ${credits(value)} zurückbekommen.`,
    heldNote: (value) =>
      `${count(value, 'Credit bleibt', 'Credits bleiben')} reserviert, bis das Video zugestellt ist.`,
    restarting: 'Der Bot wird gerade neu gestartet; gleich geht es von selbst weiter.',
    dropped: (option, model) => `${model} nimmt die Option ${option} hier nicht an, deshalb wurde sie weggelassen.`,
    forgotten: '(entfernt)',
  },
  states: {
    queued: 'wartet',
    submitting: 'wird bestellt',
    generating: 'entsteht',
    delivering: 'wird zugestellt',
    delivered: 'zugestellt',
    failed: 'kein Video',
    cancelled: 'abgebrochen',
    timed_out: 'hat zu lange gedauert',
    undelivered: 'noch nicht zugestellt',
  },
  queue: {
    title: 'Deine Warteschlange',
    communityTitle: 'Die Warteschlange dieses Servers',
    empty: 'Nichts wartet, und nichts entsteht gerade.',
    place: (position) => `auf Platz ${number(position)}`,
    notBefore: (ms) => `beginnt ${at(ms, 'relative')}`,
    since: (ms) => `seit ${at(ms, 'time')}`,
    ready: (ms) => `voraussichtlich fertig ${at(ms, 'relative')}`,
    more: (value) => `Und ${count(value, 'weiteres', 'weitere')}.`,
    cancel: (place) => `${number(place)} abbrechen`,
  },
  history: {
    title: 'Deine letzten Videos',
    page: (page) => `Seite ${number(page)}`,
    empty: 'Du hast hier noch keine Videos gemacht.',
    emptyPage: 'Auf dieser Seite ist nichts.',
    deliver: (place) => `${number(place)} noch einmal zeigen`,
  },
  quota: {
    title: 'Dein Guthaben',
    left: (left, of) => `Noch ${number(left)} von ${credits(of)}.`,
    resets: (ms) => `Alle bekommst du ${at(ms, 'relative')} zurück, am ${at(ms, 'date')}.`,
    rule: (quota, period) => `Alle hier haben ${credits(quota)} ${PER[period]}.`,
    costs: 'Was ein Video kostet',
    cost: (label, cost, duration) => `${label}: ${credits(cost)} für ${number(duration)} s`,
  },
  help: {
    title: 'Was du hier machen kannst',
    text: 'Ich mache kurze Videos aus einer Beschreibung. Sag, was das Video zeigen soll, und ich antworte mit einer Nachricht, die ich auf dem neuesten Stand halte, bis dein Video darin ist.',
    models: 'Modelle',
    buttons: 'Knöpfe',
    buttonsText:
      'Unter einem Video kannst du es noch einmal machen lassen, seinen Prompt ändern oder es löschen; solange es wartet, kannst du es abbrechen. Ein Video von lite kannst du mit demselben Seed noch einmal in pro machen lassen.',
    credits: 'Credits',
    creditsText:
      'Sie werden reserviert, wenn ich eine Anfrage annehme, und du bekommst sie wieder, wenn kein Video entsteht.',
  },
  moderators: {
    title: 'Moderatoren dieses Bots',
    text: 'Die Admins hier moderieren ohnehin. Außerdem wurden ernannt:',
    empty: 'Niemand wurde ernannt. Die Admins hier moderieren ohnehin.',
    added: (name) => `${name} kann diesen Bot jetzt moderieren.`,
    known: (name) => `${name} konnte diesen Bot schon moderieren.`,
    removed: (name) => `${name} kann diesen Bot nicht mehr moderieren, außer mit Admin-Rechten.`,
    unknown: (name) => `${name} wurde nicht zum Moderator ernannt.`,
    full: (max) =>
      `Mehr als ${number(max)} können nicht ernannt werden. Ernenne stattdessen eine Gruppe, oder entferne erst jemanden.`,
    adminsOnly: 'Nur die Admins hier können festlegen, wer diesen Bot moderiert.',
    expected: 'ein Mitglied oder eine Gruppe, mit @ erwähnt',
  },
  ...deSlack,
  fields: {
    model: 'Modell',
    options: 'Optionen',
    seed: 'Seed',
    took: 'Dauer',
    cost: 'Kosten',
    left: 'Übrig',
  },
  optionValue: (name, value) =>
    writeOption(name, value, {
      duration: (seconds) => `${number(seconds)} s`,
      cameraFixed: 'feste Kamera',
      watermark: 'Wasserzeichen',
    }),
  left: (left, of) => `${number(left)} von ${credits(of)}`,
  took: shortDuration,
  credits,
  bytes,
  expected: (low, high) =>
    shortDuration(low) === shortDuration(high)
      ? `meist ${shortDuration(high)}`
      : `meist ${shortDuration(low)} bis ${shortDuration(high)}`,
  elapsed: 'Begonnen',
};
