/** What the mended cells of a column come to, over all rows: for gaps, and for numbers far from the rest. */
import type { RewriteInput } from '../../core/rewrite.ts'
import { isPlainNumber } from '../../fields/plainNumber.ts'
import { type Frequencies, frequenciesOf } from '../../models/frequencies.ts'
import type { CellMender } from './cellMender.ts'
import { type Working, workingOf } from './rows.ts'

export interface Facts {
  /** Cells that hold something. */
  readonly filled: number
  /** How often each number is there; no numbers where the column is none of numbers. */
  numbers(): Frequencies
  /** The most decimals that a number is written with. */
  readonly decimals: number
  /** How often each text is there; undefined where they are too many. */
  readonly words: ReadonlyMap<string, number> | undefined
}

/** Different texts of a column in which one is usual are fewer. */
const MOST_WORDS = 100_000

interface Gathering {
  filled: number
  decimals: number
  readonly numbers: Map<number, number>
  words: Map<string, number> | undefined
}

/** `seen` is shown every batch as well. */
export async function factsOf(
  input: RewriteInput,
  menders: readonly CellMender[],
  wanted: ReadonlySet<number>,
  seen: (working: Working) => void = () => {},
): Promise<ReadonlyMap<number, Facts>> {
  const all = new Map([...wanted].map((column) => [column, emptyGathering()]))
  for await (const batch of input.batches()) {
    const working = workingOf(batch, menders, input)
    for (const [column, gathering] of all) {
      for (let at = 0; at < batch.length; at++) add(gathering, working.text(column, at))
    }
    seen(working)
  }
  return new Map(
    [...all].map(([column, gathering]) => [column, { ...gathering, numbers: () => counted(gathering) }]),
  )
}

const emptyGathering = (): Gathering => ({ filled: 0, decimals: 0, numbers: new Map(), words: new Map() })

function add(gathering: Gathering, text: string): void {
  if (text === '') return
  gathering.filled++
  const { numbers, words } = gathering
  if (isPlainNumber(text)) {
    const number = Number(text)
    numbers.set(number, (numbers.get(number) ?? 0) + 1)
    gathering.decimals = Math.max(gathering.decimals, decimalsOf(text))
  }
  if (words === undefined) return
  words.set(text, (words.get(text) ?? 0) + 1)
  if (words.size > MOST_WORDS) gathering.words = undefined
}

export const decimalsOf = (text: string): number =>
  text.includes('.') ? text.length - text.indexOf('.') - 1 : 0

function counted({ numbers }: Gathering): Frequencies {
  return frequenciesOf(Float64Array.from(numbers.keys()), Float64Array.from(numbers.values()))
}
