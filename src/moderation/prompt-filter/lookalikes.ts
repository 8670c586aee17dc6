/**
 * Which character people read as which Latin letter: data for `normalise.ts`. Each entry is one character and what it
 * is read as; shapes of the default text fonts, as in Unicode's Technical Standard 39 (confusables), cut down to those
 * that are used to write around a word list.
 */

/** A row of characters and, at the same places, the letters that they are read as. */
const row = (characters: string, letters: string): [string, string][] => {
  const read = [...letters];
  return [...characters].map((character, index) => [character, read[index] ?? '']);
};

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz';

/** The 26 characters from `first` on, read as a to z. Unicode decomposes other styled letters, but not these. */
const alphabetFrom = (first: number): [string, string][] =>
  [...ALPHABET].map((letter, index) => [String.fromCodePoint(first + index), letter]);

/**
 * Innocent spelling variants, after lower-casing: foldings that `toLowerCase` does not do, letters
 * that Unicode does not decompose, and signs that only stretch a word.
 */
export const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['ς', 'σ'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ...row('ıøłđħŧȷ', 'ioldhtj'),
  ...row('‘’ʼ′', "''''"),
  ...row('‐‒–—−', '-----'),
  // A blank of Braille, and the Arabic line that only stretches a word.
  ['\u2800', ' '],
  ['\u0640', ''],
]);

/** Letters of other alphabets that look Latin, in the case in which they do, and letters in boxes and circles. */
export const LETTERS: ReadonlyMap<string, string> = new Map([
  // Cyrillic
  ...row('АВЕНІЈКМОРСТУХЅԌԚԜӀҮҺЬ', 'abehijkmopctyxsgqwiyhb'),
  ...row('авенһіјкморстухѕԁԛԝӏүѵьғг', 'abehhijkmopctyxsdqwlyvbfr'),
  // Greek
  ...row('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹ', 'abezhikmnoptyxc'),
  ...row('αβεηικμνορτυχγωϲϳ', 'abenikmvoptuxywcj'),
  // Armenian, Cherokee
  ...row('օսհոցԼՍՏՕ', 'ouhngluso'),
  ...row('ᎠᎡᎢᎪᎫᎬᎳᎷᎻᏀᏃᏏᏒᏔᏕᏙᏚᏞᏟᏢᏦᏴᏤ', 'drtajewmhgzbrwsvslcpkbv'),
  // Small capitals and other Latin shapes
  ...row('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ', 'abcdefghijklmnoprstuvwyz'),
  ...row('ɑɡɩƒɓɗɛɠɦɨƙɫɱɲŋɔƥʂƭʈʉʋɏʐƀȼɇɉɍɵ', 'agifbdeghiklmnnopsttuvyzbcejro'),
  // Regional indicators; letters in filled circles and filled squares
  ...alphabetFrom(0x1f1e6),
  ...alphabetFrom(0x1f150),
  ...alphabetFrom(0x1f170),
]);

/** Letters that are read as Latin only where Latin ones are beside them, as in "heяring". */
export const AMONG_LATIN: ReadonlyMap<string, string> = new Map([
  ...row('ЯИПШЩБ', 'rnnwwb'),
  ...row('яипшщб', 'rnnwwb'),
  ...row('ΛΣΔΘΠ', 'aedon'),
  ...row('λσδθπ', 'aodon'),
]);

/** Stands in a reading for what may be i as well as l: 1, ! and |. A character for private use, so no letter. */
export const I_OR_L = '\uE000';

/** Digits and signs that are typed for letters. */
export const TYPED_LETTERS: ReadonlyMap<string, string> = new Map([
  ...row('03456789$€£¢¥@+', 'oeasgtbgselcyat'),
  ...[...'1!|¡'].map((sign): [string, string] => [sign, I_OR_L]),
]);
