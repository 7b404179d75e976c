/** What is said on stderr while a command runs. */
import { visible } from '../render/visible.ts'
import type { Asked } from './asked.ts'
import type { World } from './world.ts'

export interface Told {
  readonly warnings: number
  /** One of the two lines that say what was understood. */
  note(line: string): void
  /** More of it, for --verbose. */
  detail(line: string): void
  warn(line: string): void
}

/** `clear` takes away what a progress bar left on the line. */
export function tell({ running }: Asked, { stderr }: World, clear: () => void): Told {
  let warnings = 0
  const print = (line: string) => {
    clear()
    stderr.write(`${visible(line)}\n`)
  }
  return {
    get warnings() {
      return warnings
    },
    note: (line) => {
      if (!running.quiet) print(line)
    },
    detail: (line) => {
      if (running.verbose && !running.quiet) print(line)
    },
    warn: (line) => {
      warnings++
      print(`warning: ${line}`)
    },
  }
}
