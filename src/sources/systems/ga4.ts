import type { System } from './system.ts'

/** A pattern for every other word, in the syntax that all engines share: it has no way to say "not". */
export function otherThan(word: string): string {
  const shorterOrElse = [...word].map((letter, i) => `${word.slice(0, i)}(?:[^${letter}]|$)`)
  return `^(?:${[...shorterOrElse, `${word}.`].join('|')})`
}

export const ga4Events: System = {
  name: 'ga4-events',
  title: 'GA4 events of BigQuery',
  signature: {
    all: ['event_name', 'user_pseudo_id'],
    any: [['event_date', 'event_timestamp']],
  },
  roles: {
    customer: ['user_id', 'user_pseudo_id'],
    order: ['ecommerce.transaction_id'],
    date: ['event_date'],
    amount: ['ecommerce.purchase_revenue', 'ecommerce.purchase_revenue_in_usd'],
    price: ['items.price'],
    quantity: ['items.quantity', 'ecommerce.total_item_quantity'],
    item: ['items.item_id', 'items.item_name'],
    // Refunds are events of their own, which are no purchases.
    refund: [],
    status: [],
    currency: ['event_params.currency'],
  },
  // A purchase may be sent twice, and stands on the row of each of its items.
  amounts: 'repeated',
  rules: [
    {
      column: 'event_name',
      is: { pattern: otherThan('purchase') },
      means: 'other',
      reason: 'not a purchase',
    },
    {
      column: 'ecommerce.transaction_id',
      is: ['(not set)'],
      means: 'other',
      reason: 'a purchase without a transaction',
    },
  ],
  guests: ['(not set)'],
  notes: [
    'A transaction counts once, with its own revenue: the sum of its items may differ.',
    'Where some events have a user_id, those without one count for nobody; --customer user_pseudo_id counts browsers instead of people.',
  ],
}
