/** `--keep email=newest:updated_at,name=longest`: which of several values survives, read and bound to columns. */

import { CustError } from '../../core/errors.ts'
import type { Meaning } from '../../fields/contact.ts'

/** Rules without a word behind them. */
const PLAIN = ['most-frequent', 'longest', 'shortest', 'most-complete', 'union'] as const
/** Rules that may name another column: `newest:updated_at`. */
const DATED = ['newest', 'oldest'] as const

export type KeepRule =
  | { readonly kind: (typeof PLAIN)[number] }
  /** Of the row whose value in `by` is latest; without it the field's own dates decide, or when rows changed. */
  | { readonly kind: (typeof DATED)[number]; readonly by: number | undefined }
  /** Of the row whose value in `by` stands first in the list. */
  | { readonly kind: 'preferred'; readonly by: number; readonly values: readonly string[] }

export interface NamedColumn {
  readonly header: string
  readonly meaning?: Meaning | undefined
}

const HELP = `write column=rule with one of ${[...PLAIN].join(', ')}, newest:date_column, oldest:date_column, crm>shop (values in order) or source:crm>shop (those of another column); *=rule is for all other columns`

/** The rule of each column that has one, by its place. A column named by its header goes before one that is meant. */
export function keepRules(text: string, columns: readonly NamedColumn[]): ReadonlyMap<number, KeepRule> {
  const asked = partsOf(text).map((part) => ({ part, ...split(part) }))
  const [byHeader, byMeaning, others] = [
    new Map<number, KeepRule>(),
    new Map<number, KeepRule>(),
    new Map<number, KeepRule>(),
  ]
  for (const { part, name, rule } of asked) {
    const own = headerPlace(name, columns)
    const rules = own >= 0 ? byHeader : name === '*' ? others : byMeaning
    for (const place of own >= 0 ? [own] : name === '*' ? columns.keys() : meantBy(name, columns)) {
      if (rules.has(place))
        throw wrong(`--keep: "${columns[place]?.header}" has two rules`, 'leave one of them out')
      rules.set(place, ruleOf(rule, { part, columns, own: name === '*' ? undefined : place }))
    }
  }
  return new Map([...others, ...byMeaning, ...byHeader])
}

const wrong = (message: string, hint = HELP): CustError => new CustError('usage', message, hint)

/** Between commas; a comma inside of a header is doubled, as in `Name,, full=longest`. */
function partsOf(text: string): string[] {
  const parts = text
    .replaceAll(',,', '\0')
    .split(/[,，]/)
    .map((part) => part.replaceAll('\0', ',').trim())
    .filter((part) => part !== '')
  if (parts.length === 0) throw wrong('--keep is empty')
  return parts
}

function split(part: string): { name: string; rule: string } {
  const at = part.lastIndexOf('=')
  if (at < 1 || at === part.length - 1) throw wrong(`--keep: "${part}" is no rule`)
  return { name: part.slice(0, at).trim(), rule: part.slice(at + 1).trim() }
}

/** The columns of a meaning: `address` is also the city and the postcode, `name` both names. */
function meantBy(name: string, columns: readonly NamedColumn[]): number[] {
  const meanings = MEANT[name.toLowerCase()] ?? [name.toLowerCase() as Meaning]
  const places = [...columns.keys()].filter((place) => {
    const { meaning } = columns[place] as NamedColumn
    return meaning !== undefined && meanings.includes(meaning)
  })
  if (places.length === 0) throw unknownColumn(name, columns)
  return places
}

const MEANT: Readonly<Record<string, readonly Meaning[]>> = {
  name: ['name', 'given', 'surname'],
  address: ['address', 'city', 'district', 'region', 'country', 'postcode'],
  dob: ['birth'],
  birthday: ['birth'],
}

function headerPlace(name: string, columns: readonly NamedColumn[]): number {
  const exact = columns.findIndex(({ header }) => header === name)
  if (exact >= 0) return exact
  return columns.findIndex(({ header }) => header.trim().toLowerCase() === name.toLowerCase())
}

const unknownColumn = (name: string, columns: readonly NamedColumn[]): CustError =>
  wrong(
    `--keep: there is no column "${name}"`,
    `the file has: ${columns.map(({ header }) => header).join(', ')}`,
  )

interface Place {
  readonly part: string
  readonly columns: readonly NamedColumn[]
  /** The column the rule is for; undefined for all others. */
  readonly own: number | undefined
}

function ruleOf(text: string, place: Place): KeepRule {
  const word = text.toLowerCase()
  const plain = PLAIN.find((each) => each === word)
  if (plain) return { kind: plain }
  const dated = DATED.find((each) => word === each || word.startsWith(`${each}:`))
  if (dated && word === dated) return { kind: dated, by: undefined }
  if (dated) return { kind: dated, by: otherColumn(text.slice(dated.length + 1), place) }
  if (text.includes('>')) return preferredRule(text, place)
  throw wrong(`--keep: "${place.part}" has no rule that is known`)
}

function preferredRule(text: string, place: Place): KeepRule {
  const at = text.indexOf(':')
  const by = at < 0 ? place.own : otherColumn(text.slice(0, at), place)
  const values = text.slice(at + 1).split('>')
  const plain = values.map((value) => value.trim().toLowerCase())
  if (plain.some((value) => value === '')) throw wrong(`--keep: "${place.part}" lacks a value beside ">"`)
  if (by === undefined) throw wrong(`--keep: "${place.part}" has to name a column, as in *=source:crm>shop`)
  return { kind: 'preferred', by, values: plain }
}

function otherColumn(name: string, { part, columns }: Place): number {
  if (name.trim() === '') throw wrong(`--keep: "${part}" lacks the name of a column beside ":"`)
  const place = headerPlace(name.trim(), columns)
  if (place < 0) throw unknownColumn(name.trim(), columns)
  return place
}
