import { at, mention } from '../../domain/marks.ts';
import type { Texts } from '../texts.ts';
import { sentence } from '../wording.ts';
import { credits, number } from './words.ts';

const member = (id: string) => mention('member', id);
const channel = (id: string) => mention('channel', id);
const because = (reason: string) => (reason ? `: ${sentence(reason)}` : '.');

/** What moderators read about who may make videos, where, with which model, and of what, in Spanish. */
export const esConduct: Pick<Texts, 'conduct'> = {
  conduct: {
    page: (page, of) => `Página ${number(page)} de ${number(of)}`,
    memberExpected: 'un miembro de este lugar',
    channelExpected: 'un canal de este lugar',
    lengthExpected: 'una duración como 12h, 7d o 2w, de diez años como máximo; sin ella, es para siempre',
    reasonExpected: (max) => `de ${number(max)} caracteres como máximo`,
    blocks: {
      title: 'Miembros bloqueados',
      blocked: (id, until, reason) =>
        `${member(id)} ${until === null ? 'ya no puede hacer videos aquí' : `no puede hacer videos aquí hasta el ${at(until, 'date')}`}${because(reason)}`,
      waiting: 'Sus videos que ya están en espera se harán de todos modos, salvo que los canceles.',
      unblocked: (id) => `${member(id)} puede volver a hacer videos aquí.`,
      notBlocked: (id) => `${member(id)} no tiene ningún bloqueo.`,
      yourself: 'No puedes bloquearte.',
      none: 'No hay nadie con un bloqueo.',
      line: (id, until, reason, by) =>
        `${member(id)}: ${until === null ? 'para siempre' : `hasta el ${at(until, 'date')}`}, por ${member(by)}${reason && `: ${reason}`}`,
    },
    channels: {
      title: 'Dónde se permiten videos',
      allowed: (id) => `Ahora se pueden hacer videos en ${channel(id)}.`,
      denied: (id) => `Ahora no se pueden hacer videos en ${channel(id)}.`,
      cleared: (id) => `${channel(id)} ya no está ni permitido ni prohibido por su nombre.`,
      unlisted: (id) => `${channel(id)} no estaba ni permitido ni prohibido por su nombre.`,
      noNumber: (place) => `En la lista no hay ningún canal con el número ${number(place)}.`,
      isAllowed: 'permitido',
      isDenied: 'prohibido',
      onlyAllowed: 'Mientras haya canales permitidos por su nombre, los demás no lo están.',
      allOthers: 'Los demás canales están permitidos.',
      everywhere: 'Se pueden hacer videos en todos los canales.',
      threads: 'Un hilo sigue a su canal.',
    },
    models: {
      title: 'Modelos',
      enabled: (id) => `Ahora se puede usar aquí el modelo ${id}.`,
      disabled: (id) => `El modelo ${id} ya no se puede usar aquí.`,
      last: (id) => `${id} es el único modelo activo. Activa antes otro.`,
      cost: (id, cost, duration, resolution) =>
        `Un video con ${id}${resolution === undefined ? '' : ` en ${resolution}`} cuesta ahora ${credits(cost)} por ${number(duration)} s.`,
      line: (id, prices, duration) => `${id}: ${prices} créditos por ${number(duration)} s`,
      rounded: 'Las demás duraciones cuestan lo mismo por segundo, redondeado a créditos enteros hacia arriba.',
      accepted: 'Los videos que ya se pidieron mantienen su precio.',
      goneLine: (id) => `${id}: ya no está disponible`,
      on: 'activo',
      off: 'inactivo',
    },
    words: {
      title: 'Palabras prohibidas',
      added: (word) => `Ahora se rechazan los prompts con «${word}».`,
      known: (word) => `Los prompts con «${word}» ya se rechazan.`,
      removed: (word) => `«${word}» ya no está en la lista.`,
      unknown: (word) => `«${word}» no está en la lista.`,
      full: (max) => `La lista está llena: tiene ${number(max)} entradas. Quita antes una.`,
      patternsFull: (max) =>
        `La lista tiene ${number(max)} patrones y no admite más. Quita antes uno o añade palabras.`,
      none: 'No hay palabras prohibidas.',
    },
    settings: {
      title: 'Ajustes de este lugar',
      timeZoneSet: (zone) =>
        `Las horas, los días, las semanas y los meses de los créditos empiezan ahora según el reloj de ${zone}.`,
      zoneExpected: 'un nombre como Europe/Berlin, America/New_York o Asia/Tokyo',
      privateOn: 'Ahora se permiten aquí respuestas privadas.',
      privateOff: 'Ya no se pueden hacer videos aquí en respuestas privadas.',
      timeZone: 'Zona horaria',
      privateReplies: 'Respuestas privadas',
      allowed: 'permitidas',
      notAllowed: 'no permitidas',
      logChannel: 'Canal de registro',
      none: 'ninguno',
      paused: 'En pausa',
      isPaused: (reason) => (reason ? `sí: ${reason}` : 'sí'),
      isNotPaused: 'ahora no',
    },
    log: {
      title: 'Canal de registro',
      on: (id) =>
        `Ahora registro los videos, rechazos, avisos y cambios en ${channel(id)}. Este cambio es la primera línea allí; si no aparece, no puedo escribir en ese canal.`,
      readers: 'Quien puede leer ese canal lee también los prompts.',
      off: 'Ahora no registro nada en ningún canal.',
    },
    pause: {
      title: 'En pausa',
      paused: (reason) => `Ahora no se aceptan videos nuevos aquí${because(reason)}`,
      accepted: 'Lo que ya se pidió se hará de todos modos.',
      resumed: 'Se pueden volver a hacer videos aquí.',
      notPaused: 'Aquí no hay nada en pausa.',
    },
  },
};
