/** What one export system writes, as data: how it is recognised, and what its columns and rows mean. */
import type { OrderStatus, Role } from '../../core/roles.ts'
import type { DateOrder } from '../../fields/date.ts'

export interface System {
  /** For --preset and programs: `shopify-orders`. */
  readonly name: string
  /** For people: `Shopify orders`. */
  readonly title: string
  /** The headers that tell it, compared by headerKey: every one of `all`, one of each list of `any`, none of `none`. */
  readonly signature: {
    readonly all: readonly string[]
    readonly any?: readonly (readonly string[])[]
    readonly none?: readonly string[]
  }
  /** The columns that may play a role: the first that is there does. None: no column does, whatever its header. */
  readonly roles: Readonly<Partial<Record<Role, readonly string[]>>>
  /**
   * What the amount of a row is: that of the line (the default), that of the order on its first line (what stands
   * on the others, if anything, is a part of it), or that of the order on each of its lines.
   */
  readonly amounts?: 'line' | 'first' | 'repeated'
  /**
   * Roles whose cells are blank on the further lines of an order, and the same as on its first; where there are
   * any, so are the columns of rules.
   */
  readonly fillDown?: readonly Role[]
  /** Status words beyond those that everyone knows, or with another meaning here. */
  readonly status?: Readonly<Partial<Record<OrderStatus, readonly string[]>>>
  /** What other columns say of a row; the first rule that fits wins over its status word. */
  readonly rules?: readonly RowRule[]
  /** Values of the customer's column that stand for nobody. */
  readonly guests?: readonly string[]
  /** The order of day and month, for dates that do not tell it. */
  readonly dateOrder?: DateOrder
  /** The currency, where no column says it. */
  readonly currency?: string
  /** What an analyst must know of such a file to trust the numbers. */
  readonly notes?: readonly string[]
}

export interface RowRule {
  readonly column: string
  readonly is: 'filled' | 'blank' | readonly string[] | { readonly pattern: string }
  /** `other`: no sale at all; `out`: its amount was paid, not received, whatever its sign. */
  readonly means: OrderStatus | 'other' | 'out'
  /** Why the row is left out, in words: `adjustment`. */
  readonly reason?: string
}
