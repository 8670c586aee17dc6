import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A key pair, the public half as the portal shows it. */
export interface Keys {
  publicKey: string;
  privateKey: KeyObject;
}

export function makeKeys(): Keys {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { publicKey: Buffer.from(x, 'base64url').toString('hex'), privateKey };
}

/** The headers that Discord sends with a body at a time (ms). */
export function headersFor(body: string, { privateKey }: Keys, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  return {
    'content-type': 'application/json',
    'x-signature-timestamp': timestamp,
    'x-signature-ed25519': sign(null, Buffer.from(timestamp + body), privateKey).toString('hex'),
  };
}
