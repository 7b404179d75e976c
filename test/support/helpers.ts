/** A second thread in this one: what it is asked is done one after the other, and all is cloned or handed over. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Helper, HelperLost, handedOver } from '../../src/core/helper.ts'

export interface Behaviour {
  /** Milliseconds that it takes for each task. */
  readonly slow?: (task: number) => number
  /** So many tasks it lives. */
  readonly lives?: number
}

export function helperOf(
  perform: (task: unknown) => unknown,
  { slow = () => 0, lives = Number.POSITIVE_INFINITY }: Behaviour = {},
) {
  const seen = { tasks: 0, ended: 0 }
  let last: Promise<unknown> = Promise.resolve()
  const helper: Helper = {
    ask(task, memory = []) {
      const number = seen.tasks++
      const own = structuredClone(task, { transfer: [...memory] })
      const done = async () => {
        await sleep(slow(number))
        if (number >= lives) throw new HelperLost('out of memory')
        const handed = handedOver(await perform(own))
        return structuredClone(handed.answer, { transfer: [...handed.memory] })
      }
      const answered = last.then(done)
      last = answered.catch(() => {})
      return answered
    },
    end: () => {
      seen.ended++
    },
  }
  return { helper, seen }
}
