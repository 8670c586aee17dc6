import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** The way in which a value is sealed; a new way gets a new version, and old values stay readable. */
const VERSION = 'v1';
const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D, 5.2.1.1: the nonce length that GCM is made for. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const KEY_NAME_BYTES = 8;
/** Purpose of the keys (RFC 5869). `SECRET_KEY` is long and random, so derivation need not be slow. */
const PURPOSE = 'dailies: sealed values v1';

/**
 * Why a sealed value could not be opened:
 * - `other key`: it was sealed with another `SECRET_KEY`.
 * - `damaged`: it was changed, cut short, or belongs somewhere else.
 */
export type SealErrorKind = 'other key' | 'damaged';

/** A sealed value could not be opened. The message holds nothing of the value and nothing of the key. */
export class SealError extends Error {
  override readonly name = 'SealError';
  readonly kind: SealErrorKind;

  constructor(kind: SealErrorKind, what: string, options?: ErrorOptions) {
    super(
      kind === 'other key'
        ? `SECRET_KEY: expected the one that ${what} was stored with, found another`
        : `${what} is damaged in the database`,
      options,
    );
    this.kind = kind;
  }
}

/**
 * Encrypts values for the database with AES-256-GCM. A sealed value is `v1.<name of the key>.<nonce>.<ciphertext and
 * tag>`, all of base64url, so that it can also stand in an address or a cookie.
 */
export class Sealer {
  readonly #key: Buffer;
  /** Tells keys apart without saying anything about them. */
  readonly #keyName: string;

  /** @param secretKey as in `SECRET_KEY`: at least 32 characters, random. */
  constructor(secretKey: string) {
    const derived = Buffer.from(hkdfSync('sha256', secretKey, '', PURPOSE, KEY_BYTES + KEY_NAME_BYTES));
    this.#key = derived.subarray(0, KEY_BYTES);
    this.#keyName = derived.subarray(KEY_BYTES).toString('base64url');
  }

  /** @param place where the value will stand; it can be opened for the same place only. */
  seal(text: string, place: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(this.#context(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return [VERSION, this.#keyName, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
  }

  /**
   * @param place the same as when it was sealed.
   * @param what names the value in the error.
   * @throws {SealError}
   */
  open(sealed: string, place: string, what = 'a sealed value'): string {
    const [version, keyName, nonce = '', text = '', ...rest] = sealed.split('.');
    const bytes = Buffer.from(text, 'base64url');
    if (version !== VERSION || !keyName || rest.length > 0 || bytes.length < TAG_BYTES) {
      throw new SealError('damaged', what);
    }
    if (keyName !== this.#keyName) throw new SealError('other key', what);
    try {
      const decipher = createDecipheriv(CIPHER, this.#key, Buffer.from(nonce, 'base64url'), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(this.#context(place));
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
    } catch (error) {
      throw new SealError('damaged', what, { cause: error });
    }
  }

  #context(place: string): Buffer {
    return Buffer.from(`${VERSION}|${this.#keyName}|${place}`, 'utf8');
  }
}
