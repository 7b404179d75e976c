/** Give a file back by the receipt of its rewriting. */
import { CustError } from '../core/errors.ts'
import { readingOf } from './around.ts'
import type { Asked } from './asked.ts'
import { fileOf, openSink } from './sink.ts'
import type { World } from './world.ts'

interface Around {
  readonly world: World
  readonly temp: string
}

export async function undo(audit: string, asked: Asked, { world, temp }: Around): Promise<void> {
  const reading = readingOf(asked, temp, world)
  const { output } = asked.writing
  checkOutput(output, [audit, ...asked.paths], world)
  const sink = openSink(output, world)
  try {
    const { undone } = await import('../sources/undo.ts')
    for await (const part of undone(reading, audit)) await sink.write(part)
    await sink.commit()
  } catch (error) {
    await sink.abort()
    throw world.stop.aborted ? world.stop.reason : error
  }
}

/** What is read must not be written over. */
function checkOutput(output: string | undefined, read: readonly string[], world: World): void {
  const file = output === undefined ? undefined : fileOf(output, world)
  const same =
    file === undefined ? undefined : read.find((path) => path !== '-' && fileOf(path, world) === file)
  if (same === undefined) return
  throw new CustError('usage', `cannot write ${output}: ${same} is read by this run`, 'write to another file')
}
