/** Groups that items belong to: what is mined beside the items, or in their place. */
import type { Input } from '../../core/command.ts'
import { CustError } from '../../core/errors.ts'
import { wholeText } from '../../core/numerals.ts'
import { join, name, sql } from '../../core/sql.ts'
import { type Baskets, itemCounts } from '../../models/itemsets/baskets.ts'
import type { Known } from './baskets.ts'
import type { Options } from './read.ts'

const ITEM = 'item'

export interface Leveled extends Known {
  /** Are these an item and a group of its own, or two groups one of which is within the other? */
  readonly isWithin: ((one: number, other: number) => boolean) | undefined
}

/** A group of each level. */
type Groups = readonly (string | null)[]

/** Throws CustError('usage') for a level that the file does not have. */
export async function leveled(input: Input, known: Known, options: Options): Promise<Leveled> {
  if (options.hierarchy === undefined) {
    if (options.level.length > 0) throw new CustError('usage', '--level needs --hierarchy <file>')
    return { ...known, isWithin: undefined }
  }
  const { levels, rows } = await readHierarchy(input, options.hierarchy)
  const wanted = options.level.length > 0 ? options.level : [ITEM, ...levels]
  const unknown = wanted.find((level) => level !== ITEM && !levels.includes(level))
  if (unknown !== undefined) {
    throw new CustError(
      'usage',
      `--level ${unknown}: no such level`,
      `there are ${[ITEM, ...levels].join(', ')}`,
    )
  }
  const missing = known.names.filter((item) => !rows.has(item))
  if (missing.length === known.names.length) {
    throw new CustError(
      'input',
      `${options.hierarchy}: no item of the baskets is in it`,
      `such as "${missing[0]}"`,
    )
  }
  if (missing.length > 0) {
    const some = missing.slice(0, 3).join(', ')
    input.warn(`${wholeText(missing.length)} items have no group in ${options.hierarchy}: ${some}`)
  }
  return withGroups(known, { levels, wanted, rows })
}

async function readHierarchy(input: Input, path: string) {
  const table = await input.open(path)
  const [own, ...levels] = table.columns
  if (own === undefined || levels.length === 0) {
    throw new CustError(
      'input',
      `${path}: has no column of groups`,
      'the first column is the item, the others its groups',
    )
  }
  const query = sql`select ${join(table.columns.map((column, i) => sql`${name(column)} as ${name(`c${i}`)}`))} from ${table.from} as rows`
  const shape = Object.fromEntries(table.columns.map((_, i) => [`c${i}`, 'text' as const]))
  const found = await table.fetch(query, shape)
  const rows = new Map<string, Groups[]>()
  found['c0']?.forEach((item, row) => {
    const groups = levels.map((_, i) => found[`c${i + 1}`]?.[row]?.trim() || null)
    if (item !== null) rows.set(item.trim(), [...(rows.get(item.trim()) ?? []), groups])
  })
  return { levels, rows }
}

interface Levels {
  readonly levels: readonly string[]
  readonly wanted: readonly string[]
  /** An item may stand in several rows: it belongs to all their groups. */
  readonly rows: ReadonlyMap<string, readonly Groups[]>
}

function withGroups(known: Known, { levels, wanted, rows }: Levels): Leveled {
  const names: string[] = []
  const codeOf = new Map<string, number>()
  const coded = (text: string) => {
    const code = codeOf.get(text) ?? names.push(text) - 1
    codeOf.set(text, code)
    return code
  }
  // What each item stands for: itself and its groups, as far as they are wanted, the narrowest first.
  const standsFor = known.names.map((item) => {
    const marked = (rows.get(item) ?? []).flatMap((groups) =>
      groups.flatMap((group, i) =>
        group !== null && wanted.includes(levels[i] as string) ? [coded(`${group}${'*'.repeat(i + 1)}`)] : [],
      ),
    )
    return [...new Set(wanted.includes(ITEM) ? [coded(item), ...marked] : marked)]
  })
  const within = new Set<string>()
  for (const own of standsFor) {
    for (const one of own) for (const other of own) if (one !== other) within.add(`${one} ${other}`)
  }
  const baskets = relabelled(known.baskets, standsFor)
  const counts = itemCounts(baskets, names.length)
  const totals = {
    units: summedUp(known.totals.units, standsFor, names.length),
    money: summedUp(known.totals.money, standsFor, names.length),
  }
  return { ...known, names, baskets, counts, totals, isWithin: (one, other) => within.has(`${one} ${other}`) }
}

function relabelled({ start, item, weight }: Baskets, standsFor: readonly (readonly number[])[]): Baskets {
  const [starts, items]: [Uint32Array, number[]] = [new Uint32Array(start.length), []]
  for (let basket = 0; basket + 1 < start.length; basket++) {
    const held = new Set<number>()
    for (let at = start[basket] as number; at < (start[basket + 1] as number); at++) {
      for (const each of standsFor[item[at] as number] ?? []) held.add(each)
    }
    for (const each of held) items.push(each)
    starts[basket + 1] = items.length
  }
  return { start: starts, item: Int32Array.from(items), weight }
}

function summedUp(
  values: Float64Array,
  standsFor: readonly (readonly number[])[],
  length: number,
): Float64Array {
  const sums = new Float64Array(length)
  standsFor.forEach((own, item) => {
    for (const each of own) sums[each] = (sums[each] as number) + (values[item] as number)
  })
  return sums
}
