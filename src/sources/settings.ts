/** Files of settings: YAML, of which JSON is a part. */
import { isNode, LineCounter, parseDocument } from 'yaml'
import { CustError } from '../core/errors.ts'
import type { Settings } from '../core/options.ts'

/** Throws CustError('usage') where the text is not YAML. */
export function readSettings(path: string, text: string): Settings {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true })
  const at = (offset: number | undefined): string =>
    offset === undefined ? path : `${path}:${lines.linePos(offset).line}`
  const [error] = document.errors
  if (error) {
    const [reason = 'not YAML'] = error.message.split('\n')
    throw new CustError('usage', `${at(error.pos[0])}: ${reason}`, 'the file is read as YAML')
  }
  return {
    path,
    // A few settings need no aliases, and a bomb of them is none.
    content: document.toJS({ maxAliasCount: 100 }) as unknown,
    place: (...keys) => {
      for (let length = keys.length; length > 0; length--) {
        const node = document.getIn(keys.slice(0, length), true)
        if (isNode(node)) return at(node.range?.[0])
      }
      return path
    },
  }
}
