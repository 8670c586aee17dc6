import type { Period } from '../limits/periods.ts';
import { esSlack } from './es-slack.ts';
import { at } from './marks.ts';
import type { Texts } from './texts.ts';
import { formatsFor, sentence, shortDuration, whyTooLate, writeOption } from './wording.ts';

const { number, count, bytes } = formatsFor('es');
const credits = (value: number) => count(value, 'crédito', 'créditos');
const PER: Record<Period, string> = { hour: 'por hora', day: 'al día', week: 'a la semana', month: 'al mes' };
const TOO_LATE = {
  cancelled: 'Este video ya está cancelado.',
  running: 'Este video ya se está haciendo y no se puede detener.',
  finished: 'Este video ya está terminado.',
};

/** Everything that people read, in Spanish, for Spain and for Latin America. */
export const es: Texts = {
  errors: {
    prompt_empty: () => 'El prompt está vacío. Di qué debe mostrar el video.',
    prompt_too_long: ({ length, max }) =>
      `El prompt tiene ${count(length, 'carácter', 'caracteres')} y el límite es ${number(max)}. Acórtalo y vuelve a intentarlo.`,
    prompt_characters: ({ character, position }) =>
      `El prompt contiene un carácter de control invisible (${character}, en la posición ${number(position)}). Quítalo y vuelve a intentarlo.`,
    model_unknown: ({ model, models }) => `No hay ningún modelo «${model}». Elige uno de estos: ${models.join(', ')}.`,
    option_unknown: ({ option, options }) =>
      `No hay ninguna opción «${option}». Las opciones son: ${options.join(', ')}.`,
    option_unsupported: ({ option, model }) => `El modelo ${model} no tiene la opción «${option}».`,
    option_value: ({ option, value, expected }) =>
      `«${value}» no sirve para la opción ${option}. Valores posibles: ${expected}.`,
    queue_full: ({ running, waiting, max, roomAt }) =>
      `Tienes ${count(running, 'video', 'videos')} en marcha y ${number(waiting)} en espera; pueden esperar ${number(max)} como máximo. ` +
      (roomAt === null ? 'Habrá sitio en cuanto termine uno.' : `Debería haber sitio ${at(roomAt, 'relative')}.`),
    quota_exhausted: ({ cost, used, quota, resetsAt }) =>
      `Este video cuesta ${credits(cost)} y ya usaste ${number(used)} de tus ${number(quota)}. ` +
      `Recuperas tus créditos ${at(resetsAt, 'relative')}.`,
    moderators_only: () => 'Esto solo lo pueden hacer los moderadores.',
    requester_only: () => 'Esto solo lo puede hacer quien pidió este video.',
    generation_unknown: () => 'Este video ya no se conoce aquí.',
    cancel_too_late: ({ state }) => TOO_LATE[whyTooLate(state)],
    remove_too_early: () => 'Este video aún no está terminado. Cancélalo o espera a que esté listo.',
    video_forgotten: () => 'Este video ya no se guarda aquí.',
    prompt_forgotten: () => 'El prompt de este video se borró, así que no se puede volver a hacer desde aquí.',
    command_unknown: ({ command }) => `No hay ningún comando «${command}».`,
    rejected: ({ hint }) => `El servicio de video no aceptó esta solicitud: ${sentence(hint)}`,
    moderated: ({ hint }) =>
      `El servicio de video rechazó este prompt por sus normas de contenido${hint ? `: ${sentence(hint)}` : '.'} Cambia el prompt y vuelve a intentarlo.`,
    provider_failed: ({ hint }) => `El servicio de video no pudo hacer este video${hint ? `: ${sentence(hint)}` : '.'}`,
    operator_must_look: () =>
      'El servicio de video no acepta por ahora la cuenta de este bot. Tiene que revisarlo quien lo administra.',
    provider_unavailable: () => 'El servicio de video lleva demasiado tiempo sin funcionar.',
    submission_lost: () =>
      'La conexión se cortó mientras se encargaba el video, y el servicio de video no tiene rastro de él.',
    generation_lost: () => 'El servicio de video ya no conoce este video.',
    timed_out: ({ minutes }) => `El video no estaba listo después de ${count(minutes, 'minuto', 'minutos')}.`,
    video_unusable: () => 'El servicio de video entregó un archivo que no es un video completo.',
    undelivered: () => 'El video está listo, pero no se pudo poner en este chat.',
    stopping: () => 'El bot se está reiniciando. Vuelve a intentarlo en un minuto.',
    internal: () => 'Algo falló de nuestra parte. No se cobró nada; vuelve a intentarlo.',
  },
  commands: {
    video: 'Crea un video a partir de una descripción',
    queue: 'Tus videos en espera o en marcha',
    history: 'Tus últimos videos',
    quota: 'Cuántos créditos te quedan y cuándo los recuperas',
    help: 'Qué puedes hacer aquí y cuánto cuesta',
    moderate: 'Para moderadores',
    'moderate queue': 'Los videos en espera o en marcha en este servidor',
    'moderate moderators add': 'Nombra moderador de este bot a un miembro o a un grupo',
    'moderate moderators remove': 'Retira el nombramiento a un miembro o a un grupo',
    'moderate moderators list': 'Quiénes fueron nombrados moderadores de este bot',
  },
  commandWords: {
    video: 'video',
    queue: 'cola',
    history: 'historial',
    quota: 'créditos',
    help: 'ayuda',
    moderate: 'moderar',
    moderators: 'moderadores',
    add: 'añadir',
    remove: 'quitar',
    list: 'lista',
  },
  messageCommands: {
    video_from_message: 'Crear un video con esto',
  },
  forms: {
    edit: { title: 'Editar el prompt', send: 'Crear' },
    video: { title: 'Crear un video', send: 'Crear' },
  },
  options: {
    prompt: 'Qué debe mostrar el video',
    private: 'Solo tú ves la respuesta',
    page: 'Qué página; la 1 es la más reciente',
    who: 'Un miembro o un grupo, mencionado con @',
    model: 'Qué modelo lo hace',
    resolution: 'Qué nitidez: el lado corto de la imagen',
    aspect_ratio: 'La proporción de la imagen',
    duration: 'Cuánto dura, en segundos',
    seed: 'La misma semilla con el mismo prompt vuelve a dar un video parecido',
    camera_fixed: 'La cámara no se mueve',
    watermark: 'Con la marca de agua del proveedor',
  },
  modelChoice: (id, label, cost, duration) => `${id}: ${label}, ${credits(cost)} por ${number(duration)} s`,
  buttons: {
    cancel: 'Cancelar',
    again: 'Otra vez',
    edit: 'Editar prompt',
    pro: 'La misma toma en pro',
    delete: 'Eliminar',
    check: 'Comprobar otra vez',
    deliver: 'Entregar otra vez',
    newer: 'Más recientes',
    older: 'Más antiguos',
  },
  cards: {
    queued: 'En espera',
    queuedText: (position) =>
      position <= 1 ? 'Es el siguiente de la cola.' : `Número ${number(position)} de la cola.`,
    queuedNotBefore: (ms) => `Empezaste muchos videos hace poco; el siguiente empieza ${at(ms, 'relative')}.`,
    providerBusy: 'El servicio de video está saturado; sigo intentándolo.',
    submitting: 'Encargando el video',
    submissionUnclear: 'El encargo no tuvo respuesta; estoy comprobando si llegó.',
    generating: 'Haciendo el video',
    delivering: 'Recogiendo el video',
    deliveringAgain: 'El chat todavía no aceptó el video; sigo intentándolo.',
    delivered: 'Tu video',
    tooLarge: (size, limit) =>
      `El archivo ocupa ${size}, más de los ${limit} que admite este chat, así que aquí tienes un enlace.`,
    linkExpires: (ms) => `El enlace funciona hasta el ${at(ms, 'date')}.`,
    failed: 'Esta vez no hay video',
    cancelled: 'Cancelado',
    timedOut: 'Tarda demasiado',
    undelivered: 'No se pudo entregar',
    checkPending: 'Aún no está listo. Vuelve a comprobarlo en un minuto.',
    refused: 'No funcionó',
    refund: (value) => `Recuperaste ${credits(value)}.`,
    heldNote: (value) =>
      `${count(value, 'crédito queda reservado', 'créditos quedan reservados')} hasta que se entregue el video.`,
    restarting: 'El bot se está reiniciando; esto seguirá solo en un momento.',
    dropped: (option, model) => `${model} no admite aquí la opción ${option}, así que se omitió.`,
    forgotten: '(borrado)',
  },
  states: {
    queued: 'en espera',
    submitting: 'encargándose',
    generating: 'en marcha',
    delivering: 'entregándose',
    delivered: 'entregado',
    failed: 'sin video',
    cancelled: 'cancelado',
    timed_out: 'tardó demasiado',
    undelivered: 'aún sin entregar',
  },
  queue: {
    title: 'Tu cola',
    communityTitle: 'La cola de este servidor',
    empty: 'No hay nada en espera ni en marcha.',
    place: (position) => `número ${number(position)} de la cola`,
    notBefore: (ms) => `empieza ${at(ms, 'relative')}`,
    since: (ms) => `inicio: ${at(ms, 'time')}`,
    ready: (ms) => `previsto ${at(ms, 'relative')}`,
    more: (value) => `Y ${number(value)} más.`,
    cancel: (place) => `Cancelar ${number(place)}`,
  },
  history: {
    title: 'Tus últimos videos',
    page: (page) => `Página ${number(page)}`,
    empty: 'Todavía no tienes ningún video aquí.',
    emptyPage: 'No hay nada en esta página.',
    deliver: (place) => `Mostrar ${number(place)} otra vez`,
  },
  quota: {
    title: 'Tus créditos',
    left: (left, of) => `Te quedan ${number(left)} de ${credits(of)}.`,
    resets: (ms) => `Los recuperas todos ${at(ms, 'relative')}, el ${at(ms, 'date')}.`,
    rule: (quota, period) => `Aquí cada persona tiene ${credits(quota)} ${PER[period]}.`,
    costs: 'Cuánto cuesta un video',
    cost: (label, cost, duration) => `${label}: ${credits(cost)} por ${number(duration)} s`,
  },
  help: {
    title: 'Qué puedes hacer aquí',
    text: 'Hago videos cortos a partir de una descripción. Di qué debe mostrar el video y te respondo con un mensaje que mantengo al día hasta que tu video esté en él.',
    models: 'Modelos',
    buttons: 'Botones',
    buttonsText:
      'Debajo de un video puedes pedir que se haga otra vez, cambiar su prompt o eliminarlo; mientras espera, puedes cancelarlo. Un video de lite se puede volver a hacer en pro con la misma semilla.',
    credits: 'Créditos',
    creditsText: 'Se reservan cuando acepto una solicitud, y los recuperas si no hay video.',
  },
  moderators: {
    title: 'Moderadores de este bot',
    text: 'Quienes administran este lugar ya son moderadores. Además se nombró a:',
    empty: 'No se nombró a nadie. Quienes administran este lugar ya son moderadores.',
    added: (name) => `${name} ya puede moderar este bot.`,
    known: (name) => `${name} ya podía moderar este bot.`,
    removed: (name) => `${name} ya no puede moderar este bot, salvo si administra este lugar.`,
    unknown: (name) => `No se había nombrado moderador a ${name}.`,
    full: (max) => `Se puede nombrar a ${number(max)} como máximo. Nombra a un grupo o quita antes a alguien.`,
    adminsOnly: 'Solo quienes administran este lugar pueden decidir quién modera este bot.',
    expected: 'un miembro o un grupo, mencionado con @',
  },
  ...esSlack,
  fields: {
    model: 'Modelo',
    options: 'Opciones',
    seed: 'Semilla',
    took: 'Tardó',
    cost: 'Precio',
    left: 'Te quedan',
  },
  optionValue: (name, value) =>
    writeOption(name, value, {
      duration: (seconds) => `${number(seconds)} s`,
      cameraFixed: 'cámara fija',
      watermark: 'marca de agua',
    }),
  left: (left, of) => `${number(left)} de ${credits(of)}`,
  took: shortDuration,
  credits,
  bytes,
  expected: (low, high) =>
    shortDuration(low) === shortDuration(high)
      ? `normalmente ${shortDuration(high)}`
      : `normalmente de ${shortDuration(low)} a ${shortDuration(high)}`,
  elapsed: 'Empezado',
};
