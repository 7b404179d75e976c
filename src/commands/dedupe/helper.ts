/** What the second thread does: half of the keys, then patterns of pairs while the first one tells or proposes others. */
import type { Help } from '../../core/helper.ts'
import { plansOf, type Ready, readyOf, type Task, takeChunk } from './comparing.ts'
import type { Field } from './fields.ts'

export const help: Help = () => {
  let fields: readonly Field[] = []
  let ready: Ready | undefined
  return (asked) => {
    const task = asked as Task
    if ('fields' in task) fields = task.fields
    else if ('half' in task) return plansOf(fields, task.half, task.limits)
    else {
      ready ??= readyOf(fields)
      while (takeChunk(ready, task.part));
    }
  }
}
