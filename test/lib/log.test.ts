import { describe, expect, it } from 'vitest';
import { recordingLog } from '../support/log.ts';

describe('the log', () => {
  it('replaces secrets wherever they stand: fields, messages, errors, causes and stacks', () => {
    const { log, lines } = recordingLog(['canary-key-1']);
    const cause = new Error('the key canary-key-1 was refused');
    log.error(
      { err: new Error('request with canary-key-1 failed', { cause }), url: 'https://x/?k=canary-key-1' },
      'canary-key-1',
    );
    expect(lines.join()).not.toContain('canary-key-1');
    expect(lines.join()).toContain('[redacted]');
  });

  it('replaces secrets that JSON writes differently', () => {
    const { log, lines } = recordingLog(['quo"te\\d']);
    log.info({ value: 'quo"te\\d' });
    expect(lines.join()).not.toContain('te\\\\d');
  });

  it('never writes fields that hold secrets, known or not', () => {
    const { log, lines } = recordingLog();
    log.info({ token: 'canary-1', reply: { token: 'canary-2' }, request: { headers: { authorization: 'canary-3' } } });
    expect(lines.join()).not.toContain('canary');
  });

  it('never writes interaction tokens in addresses or tokens in headers', () => {
    const { log, lines } = recordingLog();
    log.info('PATCH /webhooks/123456/aW50ZXJhY3Rpb246MTIzNDU2Nzg5/messages/@original');
    log.info('authorization: Bearer abcdefghijkl, Bot MTIz.abc.def-ghi');
    expect(lines.join()).not.toMatch(/aW50ZXJhY3|abcdefghijkl|MTIz/);
  });

  it('never writes Slack’s tokens, also of workspaces that were not known at the start', () => {
    const { log, lines } = recordingLog();
    log.info(
      { err: new Error('xoxb-1234-canary refused') },
      'xapp-1-A1-canary https://hooks.slack.com/commands/T1/canary',
    );
    expect(lines.join()).not.toContain('canary');
  });

  it('leaves everything else as it is', () => {
    const { log, lines } = recordingLog(['']);
    log.info({ generation: 'a1' }, 'a video was delivered');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ generation: 'a1', msg: 'a video was delivered' });
  });
});
