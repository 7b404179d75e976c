/** What the second thread of a command that rewrites rows does with its tasks. */
import type { RowHelp } from '../core/rewrite.ts'
import { type MendingTask, mendingHelp } from './abreast.ts'
import { type GatheringTask, gatheredRest } from './gathered.ts'

export function helpWithRows(help: RowHelp): (asked: unknown) => Promise<unknown> {
  const mend = mendingHelp(help)
  return (asked) => {
    const task = asked as GatheringTask | MendingTask
    return 'gathers' in task ? gatheredRest(help, task) : mend(task)
  }
}
