import type { System } from './system.ts'

export const stripePayments: System = {
  name: 'stripe-payments',
  title: 'Stripe payments',
  signature: {
    all: ['id', 'Amount', 'Amount Refunded', 'Status', 'Captured'],
    any: [
      ['Created (UTC)', 'Created date (UTC)', 'Created'],
      ['Card ID', 'Card Last4', 'Seller Message', 'Statement Descriptor'],
    ],
  },
  roles: {
    customer: ['Customer ID', 'Customer Email'],
    order: ['id'],
    date: ['Created (UTC)', 'Created date (UTC)', 'Created'],
    amount: ['Converted Amount', 'Amount'],
    refund: ['Converted Amount Refunded', 'Amount Refunded'],
    status: ['Status'],
    currency: ['Converted Currency', 'Currency'],
  },
  status: {
    unpaid: [
      ...['requires_payment_method', 'requires_confirmation', 'requires_action', 'requires_capture'],
      ...['Uncaptured', 'Incomplete'],
    ],
  },
  rules: [
    { column: 'Mode', is: ['Test'], means: 'other', reason: 'test payment' },
    { column: 'Captured', is: ['false'], means: 'unpaid', reason: 'not captured' },
  ],
  notes: [
    'One row is one payment, not one order; amounts are converted to the currency of the account.',
    'Days are those of UTC: a late payment may stand on the next day.',
  ],
}
