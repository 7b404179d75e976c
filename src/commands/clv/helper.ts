/** What the second thread does: the fit that takes longest, that of spend, and the errors of what is expected. */
import type { Help } from '../../core/helper.ts'
import { type ErrorsTask, type FitTask, handErrors, type SpendTask, tellFit, tellSpend } from './beside.ts'

export const help: Help = () => (asked) => {
  const task = asked as FitTask | SpendTask | ErrorsTask
  if ('spenders' in task) return tellSpend(task)
  return 'model' in task ? tellFit(task) : handErrors(task)
}
