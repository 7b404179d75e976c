/** The second thread of a command that has one: its own program beside main.ts. */
import { serve } from './cli/thread.ts'

await serve()
