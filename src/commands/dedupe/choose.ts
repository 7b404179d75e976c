/** Which fields are evidence: no fact twice, and no more columns than patterns can hold. */

import { type Meaning, meaningOfHeader } from '../../fields/contactWords.ts'
import { levelsFor } from './compare.ts'
import type { Field } from './fields.ts'
import type { MatchRole } from './roleNames.ts'

export interface Chosen {
  readonly fields: readonly Field[]
  /** Fields that are left out, each with the reason. */
  readonly out: readonly { readonly header: string; readonly why: string }[]
}

/** Two columns that agree in so many of the rows that both fill say one thing. */
const COPY = 0.95
/** A column that has given name and surname in so many rows is a full name. */
const FULL_NAME = 0.6
const MOST_PATTERNS = Number.MAX_SAFE_INTEGER
/** Columns that tell little are many in some files: more of them cost time and tell no more. */
const MOST_WEAK = 12
const WEAK: readonly MatchRole[] = ['place', 'number', 'category']

export function chooseFields(all: readonly Field[]): Chosen {
  const out: { header: string; why: string }[] = []
  const kept: Field[] = []
  for (const field of [...all].sort(byWorth)) {
    const twin = kept.find((other) => isCopy(field, other))
    if (twin) out.push({ header: field.header, why: `it says the same as ${twin.header}` })
    else kept.push(field)
  }
  const parts = kept.filter(({ role }) => role === 'given' || role === 'surname')
  const fields: Field[] = []
  let [patterns, weak] = [1, 0]
  for (const field of kept) {
    if (isWhole(field, parts)) {
      out.push({
        header: field.header,
        why: 'it repeats given name and surname (it finds pairs all the same)',
      })
      fields.push({ ...field, role: 'block' })
      continue
    }
    const more = field.role === 'block' ? 1 : levelsFor(field) + 1
    if (WEAK.includes(field.role)) weak++
    if (patterns * more > MOST_PATTERNS || (weak > MOST_WEAK && WEAK.includes(field.role))) {
      out.push({ header: field.header, why: 'there are too many columns' })
      continue
    }
    patterns *= more
    fields.push(field)
  }
  return { fields, out }
}

const PERSONAL: readonly MatchRole[] = [
  ...(['email', 'phone', 'identity', 'date', 'given', 'surname', 'name', 'company', 'block'] as const),
]
const WHERE: readonly Meaning[] = ['address', 'postcode', 'city', 'district', 'region', 'country']

/** Only what says who somebody is and where; undefined where that is all there is. */
export function personalFields({ fields, out }: Chosen): Chosen | undefined {
  const isPersonal = ({ role, header }: Field): boolean => {
    if (PERSONAL.includes(role)) return true
    const meaning = meaningOfHeader(header)
    return meaning !== undefined && WHERE.includes(meaning)
  }
  const traits = fields.filter((field) => !isPersonal(field))
  if (traits.length === 0) return undefined
  const why = 'with it rows that look alike form no groups'
  return {
    fields: fields.filter(isPersonal),
    out: [...out, ...traits.map(({ header }) => ({ header, why }))],
  }
}

const WORTH: readonly MatchRole[] = [
  ...(['email', 'phone', 'identity', 'date', 'given', 'surname', 'name', 'company', 'text', 'code'] as const),
  ...(['place', 'site', 'number', 'category', 'block'] as const),
]
const worth = (role: MatchRole): number => WORTH.indexOf(role)

/** What tells most first, of weak columns those whose headers mean something; whatever their order. */
const byWorth = (one: Field, other: Field): number =>
  worth(one.role) - worth(other.role) ||
  Number(isStrange(one)) - Number(isStrange(other)) ||
  other.words.length - one.words.length ||
  one.mark - other.mark

const isStrange = ({ role, header }: Field): boolean =>
  WEAK.includes(role) && meaningOfHeader(header) === undefined

function isCopy(field: Field, other: Field): boolean {
  if (field.role !== other.role) return false
  let [both, same, only] = [0, 0, 0]
  for (let row = 0; row < field.codes.length; row++) {
    const [a, b] = [field.codes[row] as number, other.codes[row] as number]
    if (a >= 0 && b < 0) only++
    if (a < 0 || b < 0) continue
    both++
    if (field.hashes[a] === other.hashes[b]) same++
  }
  return both > 0 && same >= COPY * both && only < (1 - COPY) * both
}

/** A full name beside a given name and a surname, whatever its header says. */
function isWhole(field: Field, parts: readonly Field[]): boolean {
  if (!MAYBE_WHOLE.includes(field.role)) return false
  const own = (role: MatchRole) => parts.filter((each) => each.role === role && each !== field)
  return own('given').some((given) => own('surname').some((surname) => holdsBoth(field, given, surname)))
}

const MAYBE_WHOLE: readonly MatchRole[] = ['name', 'text', 'given', 'surname']

function holdsBoth(field: Field, given: Field, surname: Field): boolean {
  let [all, both] = [0, 0]
  for (let row = 0; row < field.codes.length; row++) {
    const [whole, first, last] = [
      field.codes[row] as number,
      given.codes[row] as number,
      surname.codes[row] as number,
    ]
    if (whole < 0 || first < 0 || last < 0) continue
    all++
    const text = field.words[whole] as string
    if (text.includes(given.words[first] as string) && text.includes(surname.words[last] as string)) both++
  }
  return all > 0 && both > FULL_NAME * all
}
