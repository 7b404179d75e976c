/**
 * The data model in words: what a column of an orders export can mean.
 * A command says which roles it needs; sources finds the columns that play them.
 */

export type RoleKind = 'text' | 'day' | 'money' | 'number' | 'status'

export interface RoleDescription {
  readonly kind: RoleKind
  readonly help: string
  /** No column is looked for where no command uses it. */
  readonly onlyWhereUsed?: true
}

/** Every role, in the order in which help and messages list them. */
export const roles = {
  customer: { kind: 'text', help: 'who bought' },
  order: { kind: 'text', help: 'the order that a line belongs to; without it every line is an order' },
  date: { kind: 'day', help: 'the day of the order' },
  amount: { kind: 'money', help: 'what was paid for the line' },
  refund: { kind: 'money', help: 'what was paid back of the amount' },
  price: { kind: 'money', help: 'price of one unit; with quantity it stands in for a missing amount' },
  quantity: { kind: 'number', help: 'units bought' },
  item: { kind: 'text', help: 'what was bought' },
  status: { kind: 'status', help: 'paid, cancelled, refunded ...; decides which lines count' },
  currency: { kind: 'text', help: 'currency of the amount; a mix of currencies is refused' },
  cost: { kind: 'money', help: 'cost of the line, for --monetary margin' },
  margin: { kind: 'money', help: 'margin of the line, for --monetary margin' },
  reduction: { kind: 'money', help: 'what a discount took off the price of the line', onlyWhereUsed: true },
} as const satisfies Record<string, RoleDescription>

export type Role = keyof typeof roles

export const roleNames = Object.keys(roles) as Role[]

/** The roles that columns are looked for whatever a command does. */
export const commonRoles: readonly Role[] = roleNames.filter((role) => !('onlyWhereUsed' in roles[role]))

/** What a status cell says about its line. Words that nobody knows are no status: they are a problem. */
export type OrderStatus = 'paid' | 'unpaid' | 'cancelled' | 'refunded'
