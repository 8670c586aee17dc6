import { at } from '../../domain/marks.ts';
import type { Texts } from '../texts.ts';
import { formatsFor } from '../wording.ts';

const { number, count } = formatsFor('es');

/** What only Slack says, in Spanish, for Spain and for Latin America. */
export const esSlack: Pick<Texts, 'home' | 'install' | 'slack'> = {
  home: {
    running: 'En espera y en marcha',
    community: 'Este espacio de trabajo',
    counts: (running, waiting, more) =>
      `${more ? 'Más de ' : ''}${number(running)} en marcha, ${number(waiting)} en espera.`,
    usedToday: (value) => `Hoy: ${count(value, 'crédito usado', 'créditos usados')}.`,
    moderators: 'Decide quién modera con /video-moderate moderators.',
    asOf: (ms) => `Actualizado: ${at(ms, 'time')}.`,
    hint: 'Crea un video en cualquier sitio con /video o con el atajo «Make a video».',
  },
  install: {
    done: { title: 'Dailies está instalado', text: 'Escribe /video en cualquier canal para crear tu primer video.' },
    denied: { title: 'No se instaló nada', text: 'Rechazaste la instalación en Slack, así que nada cambió.' },
    stale: {
      title: 'Esta página es demasiado antigua',
      text: 'La instalación se empezó hace demasiado tiempo o en otro navegador. Empieza de nuevo.',
    },
    failed: { title: 'No funcionó', text: 'Slack no completó la instalación. Vuelve a intentarlo en un minuto.' },
    open: 'Abrir Dailies en Slack',
    again: 'Empezar de nuevo',
  },
  slack: {
    opening: 'Un momento…',
    inDirectMessage: 'Te respondí por mensaje directo.',
    notMember:
      'No estoy en este canal, así que te respondo por mensaje directo. Para tener videos aquí, invítame: escribe /invite @Dailies en el canal.',
    closed:
      'Este canal no acepta mensajes míos (está archivado o solo algunos pueden publicar), así que te respondo por mensaje directo.',
    noDirectMessage: 'No puedo escribir aquí ni escribirte directamente. No se empezó ni se cobró nada.',
    disconnected: 'Este espacio de trabajo me retiró el acceso. Un administrador tiene que instalarme de nuevo.',
    filesInDirectMessage: 'Los archivos están en nuestro mensaje directo.',
    filesLost: 'Slack no aceptó los archivos que van aquí. Vuelve a intentarlo.',
    wanted: {
      member: 'una persona, como @nombre',
      role: 'un grupo de usuarios, como @grupo',
      channel: 'un canal, como #canal',
      mention: 'una persona o un grupo de usuarios, como @nombre',
    },
    expired: 'Tardó demasiado y Slack no me dejó abrir el formulario. Vuelve a intentarlo.',
    showAll: 'Ver todo',
    prompt: 'Prompt',
    watch: 'Ver el video',
    close: 'Cerrar',
    channel: 'Dónde publicarlo',
  },
};
