/** Batches of rows between two threads: each takes those for which it has time, and they come out in their order. */
import { Handed, type Helper, HelperLost } from '../core/helper.ts'
import type { RowHelp } from '../core/rewrite.ts'
import type { ReadBatch } from '../sources/rowBatch.ts'
import { batchFrom, type SharedBatch, sharedRoom } from '../sources/sharedBatch.ts'
import { rowTest } from '../sources/tabulate.ts'
import { inOrder } from './inOrder.ts'
import { type BatchWork, batchWork, kept, type Mended, type Writing } from './mended.ts'

/** What the other thread is asked: how to mend and write first, then batches. */
export type MendingTask =
  | { readonly plan: unknown; readonly writing: Writing }
  | { readonly batch: SharedBatch }

/** So many batches the other thread has: one that it works on, and the next. */
const IN_HAND = 2
export interface Mate {
  /** What the other thread will make of a batch; undefined where it has enough to do. */
  offer(batch: ReadBatch): Promise<Mended> | undefined
}

/** `own` does what the other thread began where that is lost. */
export function mateOf(
  helper: Helper,
  { plan, writing, own }: { readonly plan: unknown; readonly writing: Writing; readonly own: BatchWork },
): Mate {
  const rooms = Array.from({ length: IN_HAND }, sharedRoom)
  // Whatever is wrong with it is the answer to every batch, too.
  helper.ask({ plan, writing } satisfies MendingTask).catch(() => {})
  const answer = async (batch: SharedBatch): Promise<Mended> => {
    try {
      return (await helper.ask({ batch } satisfies MendingTask)) as Mended
    } catch (error) {
      if (!(error instanceof HelperLost)) throw error
      rooms.length = 0
      return kept(own.mend(batchFrom(batch)))
    }
  }
  return {
    offer(batch) {
      const room = rooms.pop()
      const shared = room?.take(batch)
      if (room === undefined || shared === undefined) return undefined
      return answer(shared).finally(() => rooms.push(room))
    },
  }
}

/** All batches, mended, in their order. One holds until the next is asked for. */
export const mendedInOrder = (
  batches: AsyncIterable<ReadBatch>,
  own: BatchWork,
  mate: Mate | undefined,
): AsyncGenerator<Mended> => inOrder(batches, { own: own.mend, offer: (batch) => mate?.offer(batch), kept })

/** The other end: what the second thread does with its tasks. */
export function mendingHelp({ mender }: RowHelp): (task: MendingTask) => Promise<unknown> {
  let work: BatchWork | undefined
  return async (task) => {
    if ('batch' in task) return handed(kept((work as BatchWork).mend(batchFrom(task.batch))))
    const { plan, writing } = task
    const { headers } = writing
    work = batchWork(await mender(plan, { headers, isRow: rowTest(headers.length) }), {
      ...writing,
      ...(writing.as ? { as: { ...writing.as, style: { ...writing.as.style, headless: true } } } : {}),
    })
    return undefined
  }
}

function handed(mended: Mended): Handed {
  const bytes = [...mended.chunks, mended.audit].filter((each) => each instanceof Uint8Array)
  return new Handed(
    mended,
    bytes.map(({ buffer }) => buffer as ArrayBuffer),
  )
}
