/** Rows that are looked at by two threads: each reads its half of the file, and what they find is put together. */
import { Handed, type Helper, HelperLost } from '../core/helper.ts'
import type { Gatherer, Part, RowBatch, RowHelp } from '../core/rewrite.ts'
import { type PlacedRows, rowPlaces } from '../sources/rowPlaces.ts'
import { type Rest, rowsOf } from '../sources/textPass.ts'
import type { WrittenFile } from '../sources/written.ts'

/** What the other thread is asked: to look at the second half. */
export interface GatheringTask {
  readonly gathers: unknown
  readonly rest: Rest
}

/** What the other thread found, and where the rows stand. */
interface Gathered {
  readonly found: unknown
  readonly places: readonly PlacedRows[]
}

export interface Gathering {
  readonly file: WrittenFile
  readonly helper: Helper | undefined
  readonly gatherer: Gatherer
  /** What the other thread makes such a gatherer of. */
  readonly plan: unknown
  /** Batches as long as nobody says stop. */
  stopping(batches: AsyncIterable<RowBatch>): AsyncIterable<RowBatch>
}

export async function gathered({
  file,
  helper,
  gatherer,
  plan,
  stopping,
}: Gathering): Promise<readonly Part[]> {
  const add = async (batches: AsyncIterable<RowBatch>) => {
    for await (const batch of stopping(batches)) gatherer.add(batch)
  }
  const halves = helper && (await file.halves?.())
  if (!halves) {
    await add(file.pass(false).batches)
    return [{ found: gatherer.found(), above: 0 }]
  }
  const asked = foundBy(helper, { gathers: plan, rest: halves.rest })
  await add(halves.first)
  const above = halves.linesAbove()
  const theirs = above === undefined ? undefined : await asked
  if (above !== undefined && theirs) {
    halves.join(theirs.places)
    return [
      { found: gatherer.found(), above: 0 },
      { found: theirs.found, above },
    ]
  }
  await add(halves.second)
  return [{ found: gatherer.found(), above: 0 }]
}

/** Undefined where the other thread is lost. Nobody waits for it yet: an error is kept until somebody does. */
function foundBy(helper: Helper, task: GatheringTask): Promise<Gathered | undefined> {
  const asked = helper.ask(task).then(
    (gathered) => gathered as Gathered,
    (error: unknown) => {
      if (error instanceof HelperLost) return undefined
      throw error
    },
  )
  asked.catch(() => {})
  return asked
}

/** The other end. */
export async function gatheredRest({ gatherer }: RowHelp, { gathers, rest }: GatheringTask): Promise<Handed> {
  const own = gatherer(gathers)
  const places = rowPlaces(rest.plan.layout.width)
  for await (const batch of rowsOf(rest, places)) own.add(batch)
  const gathered: Gathered = { found: own.found(), places: places.runs }
  return new Handed(
    gathered,
    places.runs.map(({ cells }) => cells.buffer as ArrayBuffer),
  )
}
