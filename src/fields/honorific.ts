/** Forms of address and titles before a name in letters: Mr, Mrs, Dr, Herr, Frau. They are written or not. */
import type { Sex } from './sex.ts'

const OF_MEN = 'mr|mister|sir|herr|monsieur|sig|signor|senor|señor'
const OF_WOMEN =
  'mrs|ms|miss|madam|madame|mme|mlle|frau|fraulein|fräulein|signora|senora|señora|senorita|señorita'
const OF_ANY = 'mx|dr|prof|professor|rev|reverend|hon'
const ALL = `${OF_MEN}|${OF_WOMEN}|${OF_ANY}`
/** In Spanish they stand first; in English `Sr` behind a name is a senior. */
const FIRST = `${ALL}|sra|srta|dra|sr`

/** At the beginning of a name, or of the given names where the surname stands first, if a name follows. */
const BEFORE = new RegExp(
  `^\\s*(?:(?:${FIRST})(?:\\.\\s*|\\s+)(?=\\p{L}))+|(?<=,\\s*)(?:(?:${ALL})(?:\\.\\s*|\\s+)(?=\\p{L}))+`,
  'iu',
)
const ALONE = new RegExp(`^\\s*(?:${FIRST})\\.?\\s*$`, 'iu')
const MAN = new RegExp(`(?:^|[\\s,])(?:${OF_MEN}|sr)(?![\\p{L}\\p{N}])`, 'iu')
const WOMAN = new RegExp(`(?:^|[\\s,])(?:${OF_WOMEN}|sra|srta|dra)(?![\\p{L}\\p{N}])`, 'iu')

/** Nothing is left where that is all that was written. */
export const withoutHonorific = (name: string): string => (ALONE.test(name) ? '' : name.replace(BEFORE, ''))

/** Mr J. Smith and Mrs J. Smith are two. */
export function sexOfHonorific(name: string): Sex | undefined {
  const before = ALONE.test(name) ? name : BEFORE.exec(name)?.[0]
  if (before === undefined) return undefined
  return WOMAN.test(before) ? 'female' : MAN.test(before) ? 'male' : undefined
}
