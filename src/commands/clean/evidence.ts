/** What all rows say of how dates and numbers are written: a column is mended only where they agree. */
import type { RewriteInput, RowBatch } from '../../core/rewrite.ts'
import { textReader } from '../../core/texts.ts'
import type { Seen } from '../../fields/seen.ts'
import { isIsoDay, plainNumberClass } from '../../fields/surelyPlain.ts'
import { tidied } from './cells.ts'
import type { CleanColumn } from './columns.ts'

/** Values that stand for all that are written alike; undefined where they are too many to be dates or numbers. */
export type Evidence = ReadonlyMap<number, readonly Seen[] | undefined>

/** Different ways of writing, or days: more than that is something else. */
const MOST_SHAPES = 200_000

export async function gatherEvidence(
  input: RewriteInput,
  columns: readonly CleanColumn[],
): Promise<Evidence> {
  const gatherers = columns.filter(({ taken }) => taken === 'date' || taken === 'number').map(gathererOf)
  if (gatherers.length === 0) return new Map()
  for await (const batch of input.batches()) for (const gatherer of gatherers) gatherer.add(batch)
  return new Map(gatherers.map(({ index, found }) => [index, found()]))
}

interface Gatherer {
  readonly index: number
  add(batch: RowBatch): void
  found(): readonly Seen[] | undefined
}

/** Kinds of cells that need no text: 0 is for those that do. */
type Quick = (bytes: Uint8Array, from: number, to: number) => number

function gathererOf(column: CleanColumn): Gatherer {
  const { index, taken } = column
  const quick: Quick =
    taken === 'date' ? (bytes, from, to) => Number(isIsoDay(bytes, from, to)) : plainNumberClass
  const shape = taken === 'date' ? dayShape : numberShape
  const shapes = new Map<string, { value: string; count: number; line: number }>()
  const plain = [0, 0, 0].map(() => ({ value: '', count: 0, line: 0 }))
  const tidying = { coded: true, shortCodes: false, names: false }
  const text = (value: string, line: number): void => {
    const tidy = tidied(value, tidying).text
    if (tidy === '') return
    const key = shape(tidy)
    const known = shapes.get(key)
    if (known) known.count++
    else if (shapes.size <= MOST_SHAPES) shapes.set(key, { value: tidy, count: 1, line })
  }
  return {
    index,
    add({ columns, lines, length }) {
      const cells = columns[index]
      if (cells === undefined) return
      const { bytes, from, to } = cells
      const read = textReader(cells)
      for (let at = 0; at < length; at++) {
        const [start, end] = [from[at] as number, to[at] as number]
        if (start === end) continue
        const kind = quick(bytes, start, end)
        if (kind === 0) text(read(at) ?? '', lines[at] as number)
        else {
          const group = plain[kind] as { value: string; count: number; line: number }
          if (group.count++ === 0) Object.assign(group, { value: read(at) ?? '', line: lines[at] })
        }
      }
    },
    found() {
      if (shapes.size > MOST_SHAPES) return undefined
      return [...plain.filter(({ count }) => count > 0), ...shapes.values()]
    },
  }
}

/** Numbers that differ in nothing but their digits are written alike; no group begins with a zero. */
const numberShape = (text: string): string => text.replace(/[2-9]/g, '1')

/** Of a date only the day says in which order it is written; what stands behind matters by its form alone. */
const dayShape = (text: string): string =>
  text.replace(/\d{1,2} ?[:时時点點].*$/, (time) => time.replace(/\d/g, '0'))
