/** What the second thread does: it tells the patterns of pairs while the first one does, or proposes more. */
import type { Help } from '../../core/helper.ts'
import { type Ready, readyOf, type Task, takeChunk } from './comparing.ts'

export const help: Help = () => {
  let ready: Ready | undefined
  return (asked) => {
    const task = asked as Task
    if ('fields' in task) ready = readyOf(task.fields)
    else while (takeChunk(ready as Ready, task.part));
  }
}
