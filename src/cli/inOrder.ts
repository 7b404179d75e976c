/** Work for two threads: each takes that for which it has time, and what comes of it comes in the order of the work. */

/** So many wait for one before them; then this thread waits, too. */
const MOST_WAITING = 8

export interface TwoThreads<Item, Result> {
  /** What the other thread will make of it; undefined where it has enough to do. */
  offer(item: Item): Promise<Result> | undefined
  /** The same here, and at once. */
  own(item: Item): Result
  /** A result that holds while others are made. */
  kept(result: Result): Result
}

interface Waiting<Result> {
  readonly result: Promise<Result>
  isDone: boolean
}

/** All results. One holds until the next is asked for. */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  { offer, own, kept }: TwoThreads<Item, Result>,
): AsyncGenerator<Result> {
  const waiting: Waiting<Result>[] = []
  const wait = (result: Promise<Result>) => {
    const one: Waiting<Result> = { result, isDone: false }
    const done = () => {
      one.isDone = true
    }
    result.then(done, done)
    waiting.push(one)
  }
  for await (const item of items) {
    const theirs = offer(item)
    if (theirs) wait(theirs)
    else if (waiting.length > 0) wait(Promise.resolve(kept(own(item))))
    else yield own(item)
    while (waiting[0]?.isDone || waiting.length > MOST_WAITING)
      yield await (waiting.shift() as Waiting<Result>).result
  }
  for (const { result } of waiting) yield await result
}
