import { at } from '../../domain/marks.ts';
import type { Texts } from '../texts.ts';
import { sentence } from '../wording.ts';
import { count, credits, number } from './words.ts';

const videos = (value: number) => count(value, 'video', 'videos');
const signed = (value: number) => (value === 0 ? '±0' : `${value > 0 ? '+' : '−'}${number(Math.abs(value))}`);

/** What is said of what happened, and of its end, in Spanish. */
export const esRecords: Pick<Texts, 'audit' | 'usage' | 'forget' | 'cancelling' | 'reporting' | 'blocking' | 'log'> = {
  audit: {
    title: 'Cambios',
    empty: 'Aquí todavía no se ha cambiado nada.',
    actions: {
      'quota.set': 'Límite fijado',
      'quota.clear': 'Límite quitado',
      'quota.grant': 'Créditos extra concedidos',
      'quota.revoke': 'Créditos extra retirados',
      'budget.set': 'Presupuesto fijado',
      'budget.clear': 'Presupuesto quitado',
      'pace.set': 'Ritmo fijado',
      'pace.clear': 'Ritmo quitado',
      block: 'Miembro bloqueado',
      unblock: 'Miembro desbloqueado',
      'channel.allow': 'Canal permitido',
      'channel.deny': 'Canal prohibido',
      'channel.clear': 'Canal quitado de la lista',
      'model.enable': 'Modelo activado',
      'model.disable': 'Modelo desactivado',
      'model.cost': 'Precio cambiado',
      'word.add': 'Palabra prohibida',
      'word.remove': 'Palabra permitida de nuevo',
      'moderators.add': 'Moderador nombrado',
      'moderators.remove': 'Moderador retirado',
      'settings.timezone': 'Zona horaria cambiada',
      'settings.private': 'Respuestas privadas cambiadas',
      'settings.log': 'Canal de registro cambiado',
      pause: 'Pausado',
      resume: 'Reanudado',
      cancel: 'Videos cancelados',
      delete: 'Video eliminado',
      forget: 'Videos olvidados',
      report: 'Video denunciado',
    },
  },
  usage: {
    title: { day: 'Uso de hoy', week: 'Uso de esta semana', month: 'Uso de este mes' },
    since: (ms, timeZone) => `Desde el ${at(ms, 'date')} (${timeZone}).`,
    brackets: {
      day: 'Entre paréntesis: cuánto más o menos que en todo el día anterior.',
      week: 'Entre paréntesis: cuánto más o menos que en toda la semana anterior.',
      month: 'Entre paréntesis: cuánto más o menos que en todo el mes anterior.',
    },
    videos: 'Videos hechos',
    credits: 'Créditos',
    refusals: 'Rechazados',
    failures: 'Sin video',
    figure: (value, change) => `${number(value)} (${signed(change)})`,
    models: 'Modelos',
    members: 'Quienes más videos hicieron',
    share: (name, made, spent) => `${name}: ${videos(made)}, ${credits(spent)}`,
    periods: { day: 'hoy', week: 'esta semana', month: 'este mes' },
    picture: {
      legend: {
        day: 'Barras: videos por hora. Rayas: el día anterior.',
        week: 'Barras: videos por día. Rayas: la semana anterior.',
        month: 'Barras: videos por día. Rayas: el mes anterior.',
      },
      alt: (made, before) =>
        `Un gráfico de barras de ${videos(made)}, con una línea para los ${number(before)} del tiempo anterior.`,
    },
    export: {
      title: 'Exportación',
      text: (rows) => `El archivo enumera ${videos(rows)}, sin prompts.`,
      omitted: (rows) => `Con los ${number(rows)} anteriores sería demasiado grande.`,
      nothing: 'Todavía no hay nada que exportar.',
      alt: (rows) => `Una tabla de ${videos(rows)}`,
    },
  },
  forget: {
    title: 'Olvidar videos',
    ask: (who) => `Esto borra aquí todos los prompts y los videos guardados de ${who}. No se puede deshacer.`,
    askOwn: 'Esto borra aquí todos tus prompts y tus videos guardados. No se puede deshacer.',
    chat: 'Es posible que queden mensajes en el chat; allí se pueden eliminar.',
    done: (who, value) => `Se olvidaron ${videos(value)} de ${who}: sin prompt ni archivo.`,
    doneOwn: (value) => `Se olvidaron ${videos(value)} tuyos: sin prompt ni archivo.`,
    nothing: 'No había nada que olvidar.',
    unfinished: (value) =>
      `${count(value, 'video todavía se está haciendo', 'videos todavía se están haciendo')}. Hasta entonces hace falta el prompt; vuelve a olvidar después.`,
  },
  cancelling: {
    title: 'Videos en espera',
    all: (value) => `${count(value, 'video en espera cancelado', 'videos en espera cancelados')}.`,
    of: (who, value) => `${count(value, 'video en espera cancelado', 'videos en espera cancelados')} de ${who}.`,
    none: 'No hay ningún video en espera.',
    noneOf: (who) => `No hay ningún video de ${who} en espera.`,
  },
  reporting: {
    reason: '¿Qué tiene de malo?',
    title: 'Denunciado',
    done: 'Gracias. La moderación puede ver tu denuncia.',
    known: 'Ya denunciaste este video; la moderación puede verlo.',
  },
  blocking: {
    for: '¿Cuánto tiempo? Vacío: para siempre',
    reason: '¿Por qué? El miembro puede leerlo',
  },
  log: {
    video: 'Solicitud de video',
    refused: 'Solicitud rechazada',
    reported: 'Video denunciado',
    budget: 'El presupuesto de este lugar',
    made: (who, where, model, cost) => `${who} hizo un video con ${model} en ${where}, por ${credits(cost)}.`,
    ended: (who, where, model, outcome, why) =>
      `${who} pidió un video con ${model} en ${where}: ${outcome}.${why ? ` ${sentence(why)}` : ''}`,
    refusal: (who, where, why) => `Se rechazó un video de ${who} en ${where}: ${why}.`,
    report: (who, whose, reason) => `${who} denunció un video de ${whose}${reason ? `: ${sentence(reason)}` : '.'}`,
    spent: (percent, used, of, resetsAt) =>
      `Se ha usado el ${number(percent)} % del presupuesto: ${number(used)} de ${credits(of)}. Se renueva ${at(resetsAt, 'relative')}, el ${at(resetsAt, 'date')}.`,
    deleted: 'Video eliminado',
    deletedBy: (who) => `${who} eliminó este video, con su prompt y su respuesta.`,
    why: {
      queue_full: 'demasiados videos de este miembro en espera',
      quota_exhausted: 'no le quedan créditos',
      quota_forbidden: 'un límite no permite créditos',
      channel_exhausted: 'los créditos del canal están agotados',
      budget_exhausted: 'el presupuesto está agotado',
      paused: 'la creación de videos está en pausa',
      blocked: 'el miembro está bloqueado',
      channel_denied: 'allí no se permiten videos',
      model_disabled: 'el modelo está desactivado',
      private_denied: 'no se permiten respuestas privadas',
      words_refused: 'una palabra prohibida en el prompt',
      other: 'la solicitud no se aceptó',
    },
  },
};
