import type { ErrorCode, ErrorParams, RuleName } from '../../domain/failure.ts';
import { at, mention } from '../../domain/marks.ts';
import { sentence, whyTooLate, writeExpected } from '../wording.ts';
import { count, credits, either, number, PER, remain, whole } from './words.ts';

const RULES: Record<RuleName['scope'], (subject: string) => string> = {
  default: () => 'El límite por persona',
  everyone: () => 'El límite por persona aquí',
  role: (subject) => `El límite de ${mention('role', subject)}`,
  member: () => 'Tu propio límite',
  channel: () => 'El límite de este canal',
  community: () => 'El presupuesto de este lugar',
};
const TOO_LATE = {
  cancelled: 'Este video ya está cancelado.',
  running: 'Este video ya se está haciendo y no se puede detener.',
  finished: 'Este video ya está terminado.',
};

/** Why an entry cannot be on a word list. */
const WORD_INVALID: { [R in ErrorParams['word_invalid']['reason']]: (word: string) => string } = {
  empty: (word) => `En «${word}» no hay nada que buscar.`,
  long: () => 'Esa entrada es demasiado larga; acórtala.',
  regex: (word) => `«${word}» no es un patrón que se pueda usar aquí: no es válido o tardaría demasiado.`,
  'matches everything': (word) => `«${word}» coincidiría con cualquier prompt.`,
};

/** One sentence or two for each way in which something can go wrong, in Spanish. */
export const esErrors: { [C in ErrorCode]: (params: ErrorParams[C]) => string } = {
  prompt_empty: () => 'El prompt está vacío. Di qué debe mostrar el video.',
  prompt_too_long: ({ length, max }) =>
    `El prompt tiene ${count(length, 'carácter', 'caracteres')} y el límite es ${number(max)}. Acórtalo y vuelve a intentarlo.`,
  prompt_characters: ({ character, position }) =>
    `El prompt contiene un carácter de control invisible (${character}, en la posición ${number(position)}). Quítalo y vuelve a intentarlo.`,
  model_unknown: ({ model, models }) => `No hay ningún modelo «${model}». Elige uno de estos: ${models.join(', ')}.`,
  model_withdrawn: ({ model, successor }) =>
    `El modelo ${model} ya no está disponible.${successor === null ? '' : ` Usa ${successor} en su lugar.`}`,
  models_gone: () => 'Ahora mismo no hay ningún modelo disponible. El responsable del bot tiene que arreglarlo.',
  option_unknown: ({ option, options, nearest }) =>
    `No hay ninguna opción «${option}».${nearest === null ? ` Opciones: ${options.join(', ')}.` : ` ¿Querías decir «${nearest}»?`}`,
  option_unsupported: ({ option, model }) => `El modelo ${model} no tiene la opción «${option}».`,
  option_value: ({ option, expected }) => `${option} debe ser ${writeExpected(expected, either, whole)}.`,
  queue_full: ({ running, waiting, max, roomAt }) =>
    `Tienes ${count(running, 'video', 'videos')} en marcha y ${number(waiting)} en espera; pueden esperar ${number(max)} como máximo. ` +
    (roomAt === null ? 'Habrá sitio en cuanto termine uno.' : `Debería haber sitio ${at(roomAt, 'relative')}.`),
  too_many_waiting: () =>
    'Hay tantos videos en espera que por ahora no se aceptan más. No se cobró nada; vuelve a intentarlo más tarde.',
  quota_exhausted: ({ cost, used, quota, period, resetsAt, rule, granted }) =>
    `Este video cuesta ${credits(cost)}. ${RULES[rule.scope](rule.subject)} es de ${credits(quota)} ${PER[period]} y ya usaste ${number(used)}` +
    `${granted > 0 ? `; tampoco alcanza con ${count(granted, 'crédito extra', 'créditos extra')}` : ''}. ` +
    `Te ${remain(Math.max(0, quota - used) + granted)}` +
    `${quota > 0 ? `; habrá más ${at(resetsAt, 'relative')}, el ${at(resetsAt, 'date')}` : ''}.`,
  quota_forbidden: ({ rule }) => `No puedes hacer videos aquí. ${RULES[rule.scope](rule.subject)} es de cero créditos.`,
  channel_exhausted: ({ cost, used, quota, period, resetsAt }) =>
    `Este video cuesta ${credits(cost)}. Este canal tiene ${credits(quota)} ${PER[period]} y ya se usaron ${number(used)}. ` +
    `Habrá más ${at(resetsAt, 'relative')}, el ${at(resetsAt, 'date')}.`,
  budget_exhausted: ({ cost, used, quota, period, resetsAt }) =>
    `Este video cuesta ${credits(cost)}. El presupuesto de este lugar es de ${credits(quota)} ${PER[period]} y ya se usaron ${number(used)}. ` +
    `Se renueva ${at(resetsAt, 'relative')}, el ${at(resetsAt, 'date')}.`,
  paused: ({ reason }) => `La moderación ha pausado la creación de videos${reason ? `: ${sentence(reason)}` : '.'}`,
  blocked: ({ reason, until }) =>
    `La moderación no te permite hacer videos aquí${until === null ? '' : ` hasta el ${at(until, 'date')}`}${reason ? `: ${sentence(reason)}` : '.'}`,
  channel_denied: () => 'La moderación no permite videos en este canal. Prueba en otro.',
  model_disabled: ({ model, models }) =>
    `La moderación ha desactivado aquí el modelo ${model}.${models.length > 0 ? ` Puedes usar: ${models.join(', ')}.` : ''}`,
  private_denied: () => 'La moderación no permite respuestas privadas aquí. Pídelo de nuevo sin «private».',
  draft_gone: () => 'Esta solicitud ya se envió o es demasiado antigua. Escríbela de nuevo para hacer otro video.',
  direct_denied: () => 'No hago videos en mensajes directos. Pídelo en un servidor o un canal.',
  words_refused: () => 'Las normas de este lugar prohíben este prompt. Cámbialo y vuelve a intentarlo.',
  moderators_only: () => 'Esto solo lo pueden hacer los moderadores.',
  word_invalid: ({ word, reason }) => WORD_INVALID[reason](word),
  requester_only: () => 'Esto solo lo puede hacer quien pidió este video.',
  generation_unknown: () => 'Este video ya no se conoce aquí.',
  cancel_too_late: ({ state }) => TOO_LATE[whyTooLate(state)],
  remove_too_early: () => 'Este video aún no está terminado. Cancélalo o espera a que esté listo.',
  video_forgotten: () => 'Este video ya no se guarda aquí.',
  prompt_forgotten: () => 'El prompt de este video se borró, así que no se puede volver a hacer desde aquí.',
  command_unknown: ({ command }) => `No hay ningún comando «${command}».`,
  rejected: ({ hint }) => `El servicio de video no aceptó esta solicitud${hint ? `: ${sentence(hint)}` : '.'}`,
  moderated: ({ hint }) =>
    `El servicio de video rechazó este prompt por sus normas de contenido${hint ? `: ${sentence(hint)}` : '.'} Cambia el prompt y vuelve a intentarlo.`,
  provider_failed: ({ hint }) => `El servicio de video no pudo hacer este video${hint ? `: ${sentence(hint)}` : '.'}`,
  operator_must_look: () =>
    'El servicio de video no acepta por ahora la cuenta de este bot. Tiene que revisarlo quien lo administra.',
  provider_unavailable: () => 'El servicio de video lleva demasiado tiempo sin funcionar.',
  submission_lost: () =>
    'La conexión se cortó mientras se encargaba el video, y el servicio de video no tiene rastro de él.',
  generation_lost: () => 'El servicio de video ya no conoce este video.',
  video_missing: () => 'El servicio de video dice que ha terminado, pero no hay ningún video.',
  timed_out: ({ minutes }) => `El video no estaba listo después de ${count(minutes, 'minuto', 'minutos')}.`,
  video_unusable: () => 'El servicio de video entregó un archivo que no es un video completo.',
  undelivered: () => 'El video está listo, pero no se pudo poner en este chat.',
  stopping: () => 'El bot se está reiniciando. Vuelve a intentarlo en un minuto.',
  internal: () => 'Algo falló de nuestra parte. No se cobró nada; vuelve a intentarlo.',
};
