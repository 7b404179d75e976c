/** Names of persons as they are shown: capitals where they belong, one blank between words. */

/** Small words inside of surnames: Ludwig van Beethoven, Vasco da Gama. */
const PARTICLES = new Set(
  'van von der den de del della di da do dos das du la le ter ten zu zur zum af av bin ibn bint y e'.split(
    ' ',
  ),
)
const SUFFIXES = new Map(
  'II III IV VI VII PhD MD DDS MBA CPA Esq RN'.split(' ').map((suffix) => [suffix.toLowerCase(), suffix]),
)
/** Mac with a capital behind it; Mace, Mack, Macey and Machado have none. */
const MAC = new Set(
  (
    'macdonald macleod mackenzie macarthur macgregor macintyre maclean macmillan macpherson macintosh macdougall macfarlane ' +
    'macallister macalister macbeth macbride maccallum maccormack macdermott macduff macewan macinnes mackinnon maclachlan ' +
    'maclaren macnab macnamara macneil macneill macphail macquarie macrae mactavish macaulay macdonnell macfadyen macnally'
  ).split(' '),
)
/** Two capitals that people are called by; others of two letters are names, as Jo, Al and Li. */
const INITIALS = /^(?:[b-df-hj-np-tv-xz]{2}|[aeo]j|j[ae]y?d)$/

/**
 * A name in proper case: JOHN MCDONALD is John McDonald, o'brien O'Brien. A word that already has capitals and
 * small letters stays as it is, for its bearer knows best; so does what is not written in Latin letters.
 * A surname may begin with a small word (van der Berg), a whole name does not (Le Nguyen, Van Morrison).
 */
export function properName(text: string, kind: 'name' | 'surname' = 'name'): string {
  const words = tidyName(text).split(' ')
  const first = kind === 'surname' ? 0 : 1
  return words.map((word, at) => properWord(word, { at, first, last: words.length - 1 })).join(' ')
}

/** Without blanks around it and with one between its words. */
export function tidyName(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\u200b\u2060\ufeff]+/g, ' ')
    .replace(/ ?([,;]) ?/g, '$1 ')
    .trim()
}

interface Place {
  readonly at: number
  /** Where the first particle may stand. */
  readonly first: number
  readonly last: number
}

function properWord(word: string, { at, first, last }: Place): string {
  const lower = word.toLowerCase().replaceAll('i\u0307', 'i')
  if (!isOneCase(word) || !/\p{Script=Latin}/u.test(word)) return word
  if (PARTICLES.has(lower) && at >= first && at < last) return lower
  const bare = lower.replace(/[.,]/g, '')
  if (at > 0 && SUFFIXES.has(bare)) return lower.replace(bare, SUFFIXES.get(bare) as string)
  if (INITIALS.test(lower)) return lower.toUpperCase()
  return lower
    .split(/(?<=[-.])/)
    .map(capitalised)
    .join('')
}

const isOneCase = (word: string): boolean => word === word.toLowerCase() || word === word.toUpperCase()

/** O'Brien, D'Angelo, McDonald, MacLeod; 's-Gravesande and 't Hooft keep their small letter. */
function capitalised(word: string): string {
  const elided = /^([odl]|dell|sant)(['’])(\p{L}{2,})/u.exec(word)
  if (elided)
    return `${capital(elided[1] as string)}${elided[2]}${capital(elided[3] as string)}${word.slice(elided[0].length)}`
  if (/^['’][st]\b/.test(word)) return word
  const letters = word.replace(/\P{L}/gu, '')
  if (/^mc\p{L}{3,}/u.test(letters)) return `Mc${capital(word.slice(2))}`
  return MAC.has(letters) ? `Mac${capital(word.slice(3))}` : capital(word)
}

/** The first letter large, wherever it stands: (ann becomes (Ann. */
const capital = (word: string): string => word.replace(/\p{L}/u, (letter) => letter.toUpperCase())

/** An address with one blank between its words and commas as usual; its words and abbreviations stay. */
export function tidyAddress(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\u200b\u2060\ufeff]+/g, ' ')
    .replace(/ ?,(?: ?,)* ?/g, ', ')
    .replace(/ ?\/ ?(?=\d)/g, '/')
    .replace(/^[, ]+|[, ]+$/g, '')
}
