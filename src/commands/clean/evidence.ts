/** What all rows say of how dates and numbers are written: a column is mended only where they agree. */
import type { Gatherer, RewriteInput, RowBatch } from '../../core/rewrite.ts'
import { textReader } from '../../core/texts.ts'
import type { Seen } from '../../fields/seen.ts'
import { isIsoDay, plainNumberClass } from '../../fields/surelyPlain.ts'
import { byteTable } from './byteTable.ts'
import { tidied } from './cells.ts'
import type { CleanColumn, Taken } from './columns.ts'

/** Values that stand for all that are written alike; undefined where they are too many to be dates or numbers. */
export type Evidence = ReadonlyMap<number, readonly Seen[] | undefined>

/** Different ways of writing, or days: more than that is something else. */
const MOST_SHAPES = 200_000

export async function gatherEvidence(
  input: RewriteInput,
  columns: readonly CleanColumn[],
): Promise<Evidence> {
  const looked = columns.filter(({ taken }) => taken === 'date' || taken === 'number')
  if (looked.length === 0) return new Map()
  const parts = await input.gather(evidenceGatherer(looked), looked)
  const written = parts.map(({ found, above }) =>
    (found as readonly Written[]).map((one) => below(one, above)),
  )
  const ofColumn = (i: number) => written.map((part) => part[i] as Written)
  return new Map(looked.map((column, i) => [column.index, seenIn(ofColumn(i), column)]))
}

/** For each of the columns, how its cells are written. */
export function evidenceGatherer(columns: readonly CleanColumn[]): Gatherer {
  const gatherers = columns.map(gathererOf)
  return {
    add: (batch) => {
      for (const gatherer of gatherers) gatherer.add(batch)
    },
    found: (): readonly Written[] => gatherers.map(({ found }) => found()),
  }
}

/** Cells that are written alike: the first of them stands for all. */
interface Group {
  value: string
  count: number
  line: number
}

/** How the cells of a column are written in a part of the rows. */
interface Written {
  /** Groups that are told without a text; some may be empty. */
  readonly plain: readonly Group[]
  /** The others, in the order of their first cells. */
  readonly groups: readonly Group[]
}

function below({ plain, groups }: Written, above: number): Written {
  const lower = (group: Group): Group => ({ ...group, line: group.line + above })
  return above === 0 ? { plain, groups } : { plain: plain.map(lower), groups: groups.map(lower) }
}

/** Of all parts; undefined where the cells are written in too many ways. */
function seenIn(parts: readonly Written[], { taken }: CleanColumn): readonly Seen[] | undefined {
  const plain = parts
    .flatMap((part) => part.plain.map((group, kind) => ({ ...group, key: `${kind}` })))
    .sort((a, b) => Number(a.key) - Number(b.key))
  const shape = shapeOf(taken)
  const others = parts.flatMap(({ groups }) => groups.map((group) => ({ ...group, key: shape(group.value) })))
  const told = together(others)
  if (told.length > MOST_SHAPES || parts.some(({ groups }) => groups.length > MOST_SHAPES)) return undefined
  return [...together(plain.filter(({ count }) => count > 0)), ...told.filter(({ value }) => value !== '')]
}

/** Groups of one key as one, in which the first stands for all. */
function together(groups: readonly (Group & { readonly key: string })[]): Group[] {
  const found = new Map<string, Group>()
  for (const { key, value, count, line } of groups) {
    const known = found.get(key)
    if (known) known.count += count
    else found.set(key, { value, count, line })
  }
  return [...found.values()]
}

interface ColumnGatherer {
  add(batch: RowBatch): void
  found(): Written
}

/** Kinds of cells that need no text: 0 is for those that do. */
type Quick = (bytes: Uint8Array, from: number, to: number) => number

function gathererOf(column: CleanColumn): ColumnGatherer {
  const { index, taken } = column
  const isDate = taken === 'date'
  const quick: Quick = isDate ? (bytes, from, to) => Number(isIsoDay(bytes, from, to)) : plainNumberClass
  const plain = [0, 0, 0].map((): Group => ({ value: '', count: 0, line: 0 }))
  const shapes = shapesOf(shapeOf(taken), isDate ? undefined : digitsAlike)
  return {
    add({ columns, lines, length }) {
      const cells = columns[index]
      if (cells === undefined) return
      const { bytes, from, to } = cells
      const read = textReader(cells)
      for (let at = 0; at < length; at++) {
        const [start, end] = [from[at] as number, to[at] as number]
        if (start === end) continue
        const kind = quick(bytes, start, end)
        const group = kind === 0 ? shapes.of(bytes, start, end, () => read(at) ?? '') : (plain[kind] as Group)
        if (group === undefined || group.count++ > 0) continue
        group.line = lines[at] as number
        if (kind !== 0) group.value = read(at) ?? ''
      }
    },
    found: () => ({ plain, groups: shapes.groups }),
  }
}

/** Texts in groups of those that are written alike; found by their bytes where they were seen before. */
function shapesOf(shape: (text: string) => string, alike: Uint8Array | undefined) {
  const known = byteTable(alike)
  const groups: Group[] = []
  const places = new Map<string, number>()
  const tidying = { coded: true, shortCodes: false, names: false, persons: true, slashes: false }
  const placeOf = (text: string): number => {
    const value = tidied(text, tidying).text
    if (value === '') return groups.push({ value, count: 0, line: 0 }) - 1
    const key = shape(value)
    const place = places.get(key) ?? groups.push({ value, count: 0, line: 0 }) - 1
    places.set(key, place)
    return place
  }
  return {
    of(bytes: Uint8Array, from: number, to: number, text: () => string): Group | undefined {
      let place = known.find(bytes, from, to)
      if (place < 0) {
        if (groups.length > MOST_SHAPES) return undefined
        if (known.size > MOST_REMEMBERED) known.clear()
        place = placeOf(text())
        known.keep(place)
      }
      return groups[place]
    },
    groups: groups as readonly Group[],
  }
}

const MOST_REMEMBERED = 200_000

const digitsAlike = Uint8Array.from({ length: 256 }, (_, byte) => (byte > 0x31 && byte <= 0x39 ? 0x31 : byte))

/** Numbers that differ in nothing but their digits are written alike; no group begins with a zero. */
const numberShape = (text: string): string => text.replace(/[2-9]/g, '1')

/** What cells that are written alike have in common. */
const shapeOf = (taken: Taken) => (taken === 'date' ? dayShape : numberShape)

/** Of a date only the day says in which order it is written; what stands behind matters by its form alone. */
const dayShape = (text: string): string =>
  text.replace(/\d{1,2} ?[:时時点點].*$/, (time) => time.replace(/\d/g, '0'))
