/**
 * Spellings of one value: those that have the same key are proposed as the most frequent of them, in a file to be
 * reviewed. Keys as OpenRefine's: the words in order of the alphabet, the pairs of letters, and here the sounds.
 */
import { CustError } from '../../core/errors.ts'
import type { RewriteInput } from '../../core/rewrite.ts'
import { name, sql } from '../../core/sql.ts'
import { loadSounds, type Sounds } from '../../fields/pinyin.ts'
import { bare, distinguishing, fingerprint, pairFingerprint } from '../../fields/spelling.ts'
import type { Rule } from './cellMender.ts'
import type { Facts } from './facts.ts'

export interface Proposal {
  readonly column: string
  readonly value: string
  readonly count: number
  readonly proposed: string
  readonly reason: string
}

/** More than so much of a column is no slip of another value. */
const FREQUENT = 0.1
/** Of shorter words the pairs of letters say too little. */
const LONG_ENOUGH = 4

/** What is proposed for a column, the most frequent values first; values that stay are not listed. */
export async function proposalsFor(column: string, facts: Facts): Promise<Proposal[]> {
  const words = [...(facts.words ?? [])].sort((a, b) => b[1] - a[1] || betterWritten(a[0], b[0]))
  const sounds = words.some(([word]) => HAN.test(word)) ? await loadSounds() : undefined
  const keys: readonly (readonly [reason: string, key: (text: string) => string])[] = [
    ['same words', fingerprint],
    ['same letters', (text) => (text.length < LONG_ENOUGH && !HAN.test(text) ? '' : pairFingerprint(text))],
    ['same sounds', (text) => (sounds ? soundsOf(closed(text), sounds) : '')],
  ]
  const targets = new Map<string, string>()
  const found: Proposal[] = []
  for (const [value, count] of words) {
    const match = keys
      .map(([reason, key]) => ({
        reason,
        key: `${reason}: ${key(value)}: ${distinguishing(value)}`,
        isEmpty: key(value) === '',
      }))
      .filter(({ isEmpty }) => !isEmpty)
    const known = match.find(({ key }) => targets.has(key))
    const proposed = known && (targets.get(known.key) as string)
    if (known && proposed !== undefined) {
      const both = count > FREQUENT * facts.filled
      const reason = both ? `${known.reason}; both are frequent` : known.reason
      found.push({ column, value, count, proposed: both ? value : proposed, reason })
    }
    for (const { key } of match) if (!targets.has(key)) targets.set(key, proposed ?? value)
  }
  return found
}

const HAN = /\p{Script=Han}/u

/** Blanks between Chinese characters separate nothing. */
const closed = (text: string): string => bare(text).replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')

/** One character sounds like too many others. */
const soundsOf = (text: string, sounds: Sounds): string =>
  /\p{Script=Han}{2}/u.test(text) ? sounds.characters(text).join(' ') : ''

/** Among equals the one with capitals and small letters, as names are written, and with its accents. */
function betterWritten(one: string, other: string): number {
  const isMixed = (text: string) => Number(/\p{Lu}/u.test(text) && /\p{Ll}/u.test(text))
  const accents = (text: string) => text.normalize('NFD').match(/\p{Diacritic}/gu)?.length ?? 0
  return isMixed(other) - isMixed(one) || accents(other) - accents(one) || (one < other ? -1 : 1)
}

const quoted = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** The file to be reviewed: what stands under `proposed` is applied. */
export function mappingText(proposals: readonly Proposal[]): string {
  const rows = proposals.map(({ column, value, count, proposed, reason }) =>
    [column, value, String(count), proposed, reason].map(quoted).join(','),
  )
  return `${['column,value,count,proposed,reason', ...rows].join('\n')}\n`
}

/** The rules of a reviewed file, by column. */
export async function mappingRules(path: string, input: RewriteInput): Promise<ReadonlyMap<string, Rule>> {
  const table = await input.open(path, ['column', 'value', 'proposed'])
  const { column, value, proposed } = await table.fetch(
    sql`select ${name('column')}, ${name('value')}, ${name('proposed')} from ${table.from}`,
    { column: 'text', value: 'text', proposed: 'text' },
    'as read',
  )
  const maps = new Map<string, Map<string, string>>()
  column.forEach((header, i) => {
    const [from, to] = [value[i], proposed[i]]
    if (header === null || from === null || from === undefined || to === null || to === undefined) return
    if (!input.headers.includes(header)) {
      const hint = `the file has: ${input.headers.join(', ')}`
      throw new CustError('input', `${path}: "${header}" is no column of ${input.place}`, hint)
    }
    const own = maps.get(header) ?? new Map<string, string>()
    maps.set(header, own)
    own.set(from, to)
  })
  return new Map(
    [...maps].map(([header, map]) => [
      header,
      { rule: 'category', apply: (text: string) => mapped(text, map) },
    ]),
  )
}

/** Through to the end: a target that has a target of its own. */
function mapped(text: string, map: ReadonlyMap<string, string>): string {
  const seen = new Set<string>()
  let now = text
  for (let next = map.get(now); next !== undefined && !seen.has(next); next = map.get(now)) {
    seen.add(next)
    now = next
  }
  return now
}
