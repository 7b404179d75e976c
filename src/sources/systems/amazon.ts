import type { System } from './system.ts'

export const amazonAllOrders: System = {
  name: 'amazon-all-orders',
  title: 'Amazon all orders',
  signature: { all: ['amazon-order-id', 'purchase-date', 'order-status', 'item-price'] },
  roles: {
    customer: [],
    order: ['amazon-order-id'],
    date: ['purchase-date'],
    amount: ['item-price'],
    // item-price is that of the line, whatever the quantity.
    price: [],
    quantity: ['quantity'],
    item: ['sku', 'asin', 'product-name'],
    status: ['order-status', 'item-status'],
    currency: ['currency'],
  },
  rules: [{ column: 'item-status', is: ['Cancelled'], means: 'cancelled' }],
  notes: [
    'The report names no customer and no refund.',
    'The amount is item-price, that of the whole line: item-promotion-discount is not taken off, shipping and tax stand beside it.',
  ],
}

export const amazonUnshipped: System = {
  name: 'amazon-unshipped',
  title: 'Amazon unshipped orders',
  signature: { all: ['order-id', 'order-item-id', 'purchase-date', 'buyer-email', 'quantity-purchased'] },
  roles: {
    customer: ['buyer-email'],
    order: ['order-id'],
    date: ['payments-date', 'purchase-date'],
    amount: ['item-price'],
    price: [],
    quantity: ['quantity-purchased'],
    item: ['sku', 'product-name'],
    currency: ['currency'],
  },
  notes: ['buyer-email is an alias that Amazon makes: one person may have several.'],
}
