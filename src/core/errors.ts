/** Why a run stopped; each kind has one exit code. */
export type ErrorKind = 'bug' | 'usage' | 'input' | 'found' | 'model' | 'interrupted' | 'closed'

/** The exit code of every kind of error, and what it tells a script. The help page prints this table. */
export const exitCodes = {
  bug: { code: 1, meaning: 'unexpected: a defect, a full disk, not enough memory' },
  usage: { code: 2, meaning: 'a command, flag, value or configuration that does not exist or make sense' },
  input: {
    code: 3,
    meaning: 'the input cannot be opened or decoded, lacks a needed column, has no usable rows',
  },
  found: { code: 4, meaning: 'a check found what it looks for (any warning under --strict)' },
  model: { code: 5, meaning: 'the model cannot be fitted: the numbers would be meaningless' },
  interrupted: { code: 130, meaning: 'interrupted (Ctrl-C); nothing half-written is left' },
  closed: { code: 141, meaning: 'the reader of our pipe went away' },
} as const satisfies Record<ErrorKind, { code: number; meaning: string }>

/**
 * An error that the user can act on: what is wrong, and what to do next.
 * `message` starts with the place (`file:line:column`) where there is one; `hint` may have several lines.
 */
export class CustError extends Error {
  readonly kind: ErrorKind
  readonly hint: string

  constructor(kind: ErrorKind, message: string, hint = '', options?: ErrorOptions) {
    super(message, options)
    this.name = 'CustError'
    this.kind = kind
    this.hint = hint
  }
}

/** What a model came to, or why it cannot be fitted: where there are others that is no reason to stop. */
export type Attempt<T> = { readonly fitted: T } | { readonly failure: CustError }

export function attempt<T>(toFit: () => T): Attempt<T> {
  try {
    return { fitted: toFit() }
  } catch (failure) {
    if (failure instanceof CustError && failure.kind === 'model') return { failure }
    throw failure
  }
}
