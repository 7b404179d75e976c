/** A second thread of a command, which works while the first one does. */

export interface Helper {
  /**
   * Give it a task, which must survive structured cloning; tasks are done one after the other. Throws what the task
   * throws, and HelperLost where the thread has ended before it could. `memory` of the task is handed over, not copied.
   */
  ask(task: unknown, memory?: readonly ArrayBuffer[]): Promise<unknown>
  /** It is needed no more. */
  end(): void
}

/** What a command has its helper do: a function for each helper, which may remember earlier tasks. */
export type Help = () => (task: unknown) => unknown

/** An answer whose memory is handed over, not copied. */
export class Handed {
  readonly answer: unknown
  readonly memory: readonly ArrayBuffer[]
  constructor(answer: unknown, memory: readonly ArrayBuffer[]) {
    this.answer = answer
    this.memory = memory
  }
}

/** An answer, with the memory that goes with it: none where it did not say so. */
export const handedOver = (answer: unknown): Handed =>
  answer instanceof Handed ? answer : new Handed(answer, [])

/** The thread is gone, for want of memory mostly: who asked does the work alone. */
export class HelperLost extends Error {}
