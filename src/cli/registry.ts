/** Every command: its description, loaded now, and its work, loaded when asked. One line each. */
import rfm from '../commands/rfm/index.ts'
import type { Commands } from './asked.ts'

export const commands: Commands = {
  rfm: { spec: rfm, run: () => import('../commands/rfm/run.ts') },
}
