import { describe, expect, it } from 'vitest';
import type { ErrorCode, ErrorParams } from '../../src/domain/failure.ts';
import { MODELS } from '../../src/domain/models.ts';
import { type ConductFacts, checkConduct } from '../../src/moderation/policy.ts';

const NOW = 1_700_000_000_000;

const FACTS: ConductFacts = {
  settings: {},
  block: undefined,
  channelRules: [],
  channel: 'C1',
  direct: false,
  alone: false,
  model: 'lite',
  offered: MODELS,
  now: NOW,
};

const blockUntil = (until: number | undefined) => ({
  member: 'slack:T1/U1',
  reason: 'herrings',
  until,
  blockedBy: 'slack:T1/U2',
  blockedAt: NOW - 1000,
});
const rules = (allowed: readonly string[], denied: readonly string[] = []) => [
  ...allowed.map((channel) => ({ channel, allowed: true })),
  ...denied.map((channel) => ({ channel, allowed: false })),
];
const offered = MODELS.filter(({ id }) => id === 'pro');

describe('a video may be made', () => {
  it.each<[string, Partial<ConductFacts>]>([
    ['where nothing is said', {}],
    ['after a block has ended', { block: blockUntil(NOW) }],
    ['in a channel that is allowed by name', { channelRules: rules(['C1', 'C2'], ['C3']) }],
    ['in a channel of which nothing is said, when others are only denied', { channelRules: rules([], ['C2']) }],
    ['in a direct message, whatever is said of channels', { direct: true, channelRules: rules(['C2'], ['C1']) }],
    ['with a model that is on', { offered, model: 'pro' }],
    ['in a private reply, when nothing is said of them', { alone: true }],
    ['in a private reply, when they are allowed', { alone: true, settings: { privateReplies: true } }],
    ['for all to see, when private replies are not allowed', { settings: { privateReplies: false } }],
    [
      'in a direct message, as it is no private reply',
      { direct: true, alone: true, settings: { privateReplies: false } },
    ],
  ])('%s', (_, facts) => {
    expect(() => checkConduct({ ...FACTS, ...facts })).not.toThrow();
  });
});

const DENIED = { channelRules: rules([], ['C1']) };
const PRIVATE = { alone: true, settings: { privateReplies: false } };
const BLOCKED = { block: blockUntil(undefined) };
const PAUSED = { settings: { privateReplies: false, paused: { reason: 'back at noon' } } };

describe('no video is made', () => {
  it.each<[string, Partial<ConductFacts>, ErrorCode, ErrorParams[ErrorCode]]>([
    ['while all is paused', PAUSED, 'paused', { reason: 'back at noon' }],
    ['by who is blocked for good', BLOCKED, 'blocked', { reason: 'herrings', until: null }],
    ['by who is blocked', { block: blockUntil(NOW + 1) }, 'blocked', { reason: 'herrings', until: NOW + 1 }],
    ['in a channel that is denied', DENIED, 'channel_denied', {}],
    ['in a channel that is not allowed when others are', { channelRules: rules(['C2']) }, 'channel_denied', {}],
    ['with a model that is off', { offered }, 'model_disabled', { model: 'lite', models: ['pro'] }],
    ['in a private reply, when those are not allowed', PRIVATE, 'private_denied', {}],
    ['while all is paused, in a direct message', { ...PAUSED, direct: true }, 'paused', { reason: 'back at noon' }],
    [
      'by who is blocked, in a direct message',
      { ...BLOCKED, direct: true },
      'blocked',
      { reason: 'herrings', until: null },
    ],
    [
      'with a model that is off, in a direct message',
      { offered, direct: true },
      'model_disabled',
      { model: 'lite', models: ['pro'] },
    ],
  ])('%s', (_, facts, code, params) => {
    expect(() => checkConduct({ ...FACTS, ...facts })).toThrow(expect.objectContaining({ code, params }));
  });

  it.each<[ErrorCode, Partial<ConductFacts>]>([
    ['paused', { ...PRIVATE, ...BLOCKED, ...DENIED, offered, ...PAUSED }],
    ['blocked', { ...PRIVATE, ...BLOCKED, ...DENIED, offered }],
    ['channel_denied', { ...PRIVATE, ...DENIED, offered }],
    ['model_disabled', { ...PRIVATE, offered }],
  ])('and of several reasons the first is told: %s', (code, facts) => {
    expect(() => checkConduct({ ...FACTS, ...facts })).toThrow(expect.objectContaining({ code }));
  });
});
