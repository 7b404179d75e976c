import { CustError, exitCodes } from '../core/errors.ts'

export interface Failure {
  /** For stderr, with its line end; empty for the quiet kinds. */
  readonly text: string
  readonly code: number
}

const MEMORY_WORDS = /invalid (string|array|typed array) length|array buffer allocation failed|out of memory/i
const MEMORY_CODES = new Set([
  'ENOMEM',
  'ERR_STRING_TOO_LONG',
  'ERR_BUFFER_TOO_LARGE',
  'ERR_MEMORY_ALLOCATION_FAILED',
])

/** What the user reads when a run ends with an error, and the exit code. */
export function failure(error: unknown, { stack }: { readonly stack: boolean }): Failure {
  const isUsers = error instanceof CustError && error.kind !== 'bug'
  const trace = stack && error instanceof Error && !isUsers ? `${error.stack}\n` : ''
  if (error instanceof CustError) {
    const { code } = exitCodes[error.kind]
    if (error.kind === 'closed' || error.kind === 'interrupted') return { text: '', code }
    return { text: lines(error.message, error.hint) + trace, code }
  }
  const { code } = exitCodes.bug
  if (isMemory(error)) {
    const hint = 'try --memory with a smaller size, --limit, --columns, or --output with csv or parquet'
    return { text: lines('not enough memory for this answer', hint) + trace, code }
  }
  if (isFull(error)) {
    const hint = 'make room, or name another folder for temporary files: --temp-dir <dir>'
    return { text: lines('no space left on the device', hint) + trace, code }
  }
  const message = error instanceof Error ? error.message : String(error)
  const hint = `this is a defect of cust: please report it${stack ? '' : '; CUST_DEBUG=1 shows where it happened'}`
  return { text: lines(`unexpected: ${message}`, hint) + trace, code }
}

function lines(message: string, hint: string): string {
  const advice = hint === '' ? [] : hint.split('\n').map((line) => `  ${line}`)
  return `${visible([`cust: ${message}`, ...advice].join('\n'))}\n`
}

/** File names and cells reach messages: their control characters must not reach the terminal. */
function visible(text: string): string {
  const control = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu
  return text.replace(control, (character) => {
    if (character === '\n' || character === '\t') return character
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

function isFull(error: unknown): boolean {
  return error instanceof Error && ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
}

function isMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = (error as NodeJS.ErrnoException).code ?? ''
  return MEMORY_CODES.has(code) || (error instanceof RangeError && MEMORY_WORDS.test(error.message))
}
