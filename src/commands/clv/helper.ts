/** What the second thread does: the fit that takes longest, and the errors of what is expected. */
import type { Help } from '../../core/helper.ts'
import { type ErrorsTask, type FitTask, handErrors, tellFit } from './beside.ts'

export const help: Help = () => (asked) => {
  const task = asked as FitTask | ErrorsTask
  return 'model' in task ? tellFit(task) : handErrors(task)
}
