import type { System } from './system.ts'

export const shopifyOrders: System = {
  name: 'shopify-orders',
  title: 'Shopify orders',
  signature: { all: ['Name', 'Financial Status', 'Lineitem quantity', 'Lineitem name'] },
  roles: {
    customer: ['Email', 'Phone'],
    // A false friend: elsewhere it is a person, here it is #1001.
    order: ['Name'],
    date: ['Paid at', 'Created at'],
    amount: ['Total'],
    refund: ['Refunded Amount'],
    price: ['Lineitem price'],
    quantity: ['Lineitem quantity'],
    item: ['Lineitem name', 'Lineitem sku'],
    status: ['Financial Status'],
    currency: ['Currency'],
  },
  amounts: 'first',
  fillDown: ['customer', 'date', 'status', 'currency'],
  rules: [{ column: 'Cancelled at', is: 'filled', means: 'cancelled' }],
  notes: [
    'Total includes shipping and tax; a gift card counts when it is sold, and again when it pays for an order.',
    'An order counts on the day it was paid; authorized and partially_paid orders do not count.',
  ],
}

export const shopifyCustomers: System = {
  name: 'shopify-customers',
  title: 'Shopify customers',
  signature: {
    all: ['First Name', 'Last Name', 'Email'],
    any: [
      ['Accepts Email Marketing', 'Accepts Marketing'],
      ['Default Address Address1', 'Default Address Zip', 'Default Address Phone', 'Total Orders'],
    ],
    none: ['Financial Status'],
  },
  roles: { customer: ['Email', 'Customer ID'], order: [], date: [], amount: [] },
  notes: ['A list of customers, without their orders: what needs dates or amounts wants the orders export.'],
}
