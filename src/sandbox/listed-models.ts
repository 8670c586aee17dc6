import { usdFor } from './billing.ts';
import type { SandboxModel } from './catalogue.ts';
import type { Deprecation, Listed, Offer } from './offered-models.ts';

/** The sections that `include` adds to a model. */
const SECTIONS: Readonly<Record<string, (model: SandboxModel) => unknown>> = {
  pricing,
  modalities,
  capabilities,
};

/** The body of `GET /v1/models`. Unknown sections are ignored, as the API does. */
export function modelList(offer: Offer, params: URLSearchParams) {
  const ids = valuesOf(params, 'id');
  const wanted = valuesOf(params, 'include');
  const all = wanted.includes('all') || ['true', '1'].includes(params.get('details') ?? '');
  const sections = Object.entries(SECTIONS).filter(([name]) => all || wanted.includes(name));
  const matches = ({ model, aliases }: Listed) =>
    ids.length === 0 || [model.name, ...aliases].some((name) => ids.includes(name.toLowerCase()));
  const data = offer
    .listed()
    .filter(matches)
    .map(({ model, aliases }) => ({
      id: model.name,
      aliases,
      type: 'video/generations',
      info: {
        name: model.title,
        developer: 'ByteDance',
        description: 'A model of the sandbox.',
        url: '',
        docsUrl: 'https://docs.aimlapi.com/api-references/video-models/bytedance',
      },
      tags: ['playground:video'],
      ...Object.fromEntries(sections.map(([name, section]) => [name, section(model)])),
    }));
  return { object: 'list', data };
}

/** The entries of `GET /v1/models/deprecations`. A filter that nobody understands filters nothing, as the API does. */
export function deprecationList(offer: Offer, params: URLSearchParams): Deprecation[] {
  const known = ['deprecated', 'superseded', 'withdrawn'];
  const statuses = valuesOf(params, 'status').filter((status) => known.includes(status));
  const since = /^\d{4}-\d\d-\d\d$/.test(params.get('since') ?? '') ? (params.get('since') ?? '') : '';
  return offer
    .deprecations()
    .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
    .filter((entry) => [entry.deprecated_at, entry.shutdown_at].some((date) => (date ?? '') >= since));
}

/** Values of a parameter that may be repeated or have commas, in lower case. */
function valuesOf(params: URLSearchParams, name: string): string[] {
  return params
    .getAll(name)
    .flatMap((value) => value.toLowerCase().split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

function pricing(model: SandboxModel) {
  const sound = model.silentShare === undefined ? [undefined] : [true, false];
  return {
    kind: 'variants',
    currency: 'USD',
    dimensions: ['resolution', ...(model.silentShare === undefined ? [] : ['generate_audio'])],
    variants: Object.keys(model.usdPerMillion).flatMap((resolution) =>
      sound.map((audio) => ({
        when: { resolution, ...(audio === undefined ? {} : { generate_audio: audio }) },
        price: usdFor(model, { resolution, seconds: 1, audio: audio ?? true }),
        unit: 'second',
        per: 1,
      })),
    ),
  };
}

function modalities(model: SandboxModel) {
  const fields = model.fields.universal ?? {};
  const inputs = { image: 'image_url', audio: 'audio_urls', video: 'video_urls' };
  return {
    input: ['text', ...Object.entries(inputs).flatMap(([kind, field]) => (fields[field] ? [kind] : []))],
    output: ['video'],
  };
}

function capabilities(model: SandboxModel) {
  const fields = model.fields.universal ?? {};
  return [
    'text_to_video',
    ...(fields.image_url ? ['image_to_video'] : []),
    ...(fields.generate_audio ? ['audio_generation'] : []),
  ];
}
