import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** Lengths of a raw Ed25519 key and of a signature, as hexadecimal digits (RFC 8032, section 5.1). */
const DIGITS = { key: 64, signature: 128 };

/** A signed body with its headers: Unix seconds, and the signature over them and the body, in hexadecimal digits. */
export interface Signed {
  timestamp: string;
  signature: string;
  /** As it came, byte for byte. */
  body: Uint8Array;
}

/** Checks that requests come from Discord (Discord documentation, "Validating Security Request Headers"). */
export class SignatureCheck {
  readonly #key: KeyObject;

  /**
   * @param publicKey the application's public key: 64 hexadecimal digits.
   * @throws {RangeError} one plain line that names the setting, never the key.
   */
  constructor(publicKey: string) {
    if (!isHex(publicKey, DIGITS.key)) {
      throw new RangeError(
        `DISCORD_PUBLIC_KEY: expected ${DIGITS.key} hexadecimal digits, found something else with ${publicKey.length} characters`,
      );
    }
    const x = Buffer.from(publicKey, 'hex').toString('base64url');
    this.#key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  }

  /** Whether Discord signed this; false for a signature that has not even the form of one. */
  accepts({ timestamp, signature, body }: Signed): boolean {
    if (!isHex(signature, DIGITS.signature)) return false;
    return verify(null, Buffer.concat([Buffer.from(timestamp), body]), this.#key, Buffer.from(signature, 'hex'));
  }
}

/** `Buffer.from` would stop at the first other character without a word. */
function isHex(text: string, digits: number): boolean {
  return text.length === digits && /^[\da-f]*$/i.test(text);
}
