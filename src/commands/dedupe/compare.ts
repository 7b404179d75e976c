/** How alike two records are, column by column, on the ladders of their roles; names that stand crosswise. */
import { jaroWinkler } from '../../models/linkage/similarity.ts'
import { commonOf, packWords } from '../../models/linkage/words.ts'
import { pairHash } from '../../models/pairHash.ts'
import type { Field } from './fields.ts'
import { type Ladder, ladderOf, packNumbers } from './ladders.ts'
import { type MadeMails, madeMails } from './madeMails.ts'
import type { MatchRole } from './roles.ts'
import { aliasesOf } from './tokens.ts'

export interface Comparison {
  readonly field: Field
  readonly role: MatchRole
  /** Words for the levels, from 0 up. */
  readonly levels: readonly string[]
  /** Shares of the levels among matches of such a column, as seen in many files. */
  readonly typical: readonly number[]
  /** So many of the lowest levels are no better than different. */
  readonly unlike: number
  /** Where a value may be made of another column: by value, is it, and how often would it then be the same by chance? */
  readonly made?: MadeMails | undefined
  /** Where names may stand crosswise: the columns of both. */
  readonly crossing?: { readonly given: Field; readonly surname: Field } | undefined
  /** -1: a value is missing. */
  levelOf(one: number, other: number): number
}

/** How likely two random records of a usual file agree exactly. */
const USUAL: Readonly<Partial<Record<MatchRole, number>>> = {
  ...{
    email: 1e-6,
    phone: 1e-6,
    identity: 1e-6,
    date: 1e-4,
    given: 0.01,
    surname: 0.005,
    name: 1e-4,
    company: 1e-4,
  },
  ...{ text: 1e-4, code: 0.01, place: 0.05, site: 1e-4, number: 0.05, category: 0.3 },
}

export const usualChance = (role: MatchRole): number => USUAL[role] ?? 0.1

/** How many levels there are for a field. */
export const levelsFor = (field: Field): number => ladderOf(field)?.levels.length ?? 0

/** The fields that are evidence, in their order. */
export function comparisonsOf(fields: readonly Field[]): Comparison[] {
  const compared = fields.filter((field) => ladderOf(field))
  const [given, surname] = [compared.find(isRole('given')), compared.find(isRole('surname'))]
  const crossing = given && surname ? crossingOf(given, surname) : undefined
  const mails = madeMails(compared)
  const email = compared.find(isRole('email'))
  return compared.map((field) => {
    const ladder = ladderOf(field) as Ladder
    const { levels, typical, unlike = 1 } = ladder
    const plain = plainLevels(field, ladder)
    const crossed = crossing && (field === given || field === surname)
    if (mails && field === email) {
      const levelOf = orMade(plain, { field, made: mails.made, exact: levels.length - 1 })
      return { field, role: field.role, levels, typical, unlike, made: mails, levelOf }
    }
    const told = { field, role: field.role, levels, typical, unlike }
    if (!given || !surname || !crossed) return { ...told, levelOf: plain }
    const levelOf = besideCrossings(plain, { crossing, isGiven: field === given, ladder })
    return { ...told, crossing: { given, surname }, levelOf }
  })
}

interface Made {
  readonly field: Field
  readonly made: Uint8Array
  readonly exact: number
}

/** The same, but made of a name: less than the same. */
const orMade =
  (plain: Comparison['levelOf'], { field, made, exact }: Made): Comparison['levelOf'] =>
  (one, other) => {
    const level = plain(one, other)
    return level === exact && made[field.codes[one] as number] === 1 ? exact - 1 : level
  }

export const SWAPPED = 5
/** What half a crossing counts for. */
export const HALF_SWAPPED = 2
/** Names that are this much alike stand where they should. */
export const IN_PLACE = 3

interface Crossed {
  readonly crossing: (one: number, other: number) => Crossing
  readonly isGiven: boolean
  readonly ladder: Ladder
}

/** A crossing is told once: the surname says nothing beside the given name. */
function besideCrossings(
  plain: Comparison['levelOf'],
  { crossing, isGiven, ladder }: Crossed,
): Comparison['levelOf'] {
  const exact = ladder.levels.length - 1
  return (one, other) => {
    const level = plain(one, other)
    if (level === exact || level >= IN_PLACE) return level
    const crossed = crossing(one, other)
    if (crossed === undefined) return level
    return isGiven ? (crossed === 'whole' ? SWAPPED : HALF_SWAPPED) : -1
  }
}

const isRole = (role: MatchRole) => (field: Field) => field.role === role

/** Names alike enough that a crossing is no chance. */
const CROSSED = 0.9

type Crossing = 'whole' | 'half' | undefined

/**
 * Is the given name of either the surname of the other? Half a crossing is one where a name is missing, so that
 * the one which is there stands in the wrong column.
 */
function crossingOf(given: Field, surname: Field): (one: number, other: number) => Crossing {
  const all = [...given.words, ...surname.words]
  const numbers = packNumbers(all)
  const words = packWords([...new Set(all)])
  const likeness = jaroWinkler(words)
  const aliases = aliasesOf([...new Set(all)])
  const close = remembered((a, b) => Number(likeness(a, b) >= CROSSED || commonOf(aliases, a, b) > 0))
  const own = numbers.subarray(0, given.words.length)
  const family = numbers.subarray(given.words.length)
  const { units, starts } = words
  const isClose = (a: number, b: number): boolean => {
    if (a === b) return true
    // Whether names that start alike are close is asked of few pairs.
    if (units[starts[a] as number] !== units[starts[b] as number]) return false
    return close(Math.min(a, b), Math.max(a, b)) === 1
  }
  return (one, other) => {
    const [a, b] = [given.codes[one] as number, given.codes[other] as number]
    const [c, d] = [surname.codes[one] as number, surname.codes[other] as number]
    if (a >= 0 && b >= 0 && c >= 0 && d >= 0) {
      const crossed =
        isClose(own[a] as number, family[d] as number) && isClose(own[b] as number, family[c] as number)
      return crossed ? 'whole' : undefined
    }
    if (a >= 0 && d >= 0 && b < 0 && c >= 0) return own[a] === family[d] ? 'half' : undefined
    if (b >= 0 && c >= 0 && a < 0 && d >= 0) return own[b] === family[c] ? 'half' : undefined
    if (a >= 0 && d >= 0 && c < 0 && b >= 0) return own[a] === family[d] ? 'half' : undefined
    if (b >= 0 && c >= 0 && d < 0 && a >= 0) return own[b] === family[c] ? 'half' : undefined
    return undefined
  }
}

const CACHE = 1 << 18
const CACHED_WORDS = 20_000

function plainLevels(field: Field, ladder: Ladder): (one: number, other: number) => number {
  const { codes } = field
  const exact = ladder.levels.length - 1
  const level = ladder.level(field)
  const cached = field.words.length <= CACHED_WORDS ? remembered(level) : level
  return (one, other) => {
    const a = codes[one] as number
    const b = codes[other] as number
    if (a < 0 || b < 0) return -1
    if (a === b) return exact
    return a < b ? cached(a, b) : cached(b, a)
  }
}

/** The same answers, those given last without another look at the words. */
function remembered(level: (one: number, other: number) => number): (one: number, other: number) => number {
  const keys = new Int32Array(2 * CACHE).fill(-1)
  const levels = new Int8Array(CACHE)
  return (one, other) => {
    const slot = pairHash(one, other) & (CACHE - 1)
    if (keys[2 * slot] === one && keys[2 * slot + 1] === other) return levels[slot] as number
    keys[2 * slot] = one
    keys[2 * slot + 1] = other
    levels[slot] = level(one, other)
    return levels[slot] as number
  }
}
