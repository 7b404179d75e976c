import type { System } from './system.ts'

export const woocommerceAnalytics: System = {
  name: 'woocommerce-analytics',
  title: 'WooCommerce Analytics orders',
  signature: {
    all: ['Order #', 'Customer type', 'Product(s)'],
    any: [['N. Revenue (formatted)', 'Net Sales']],
  },
  roles: {
    customer: ['Customer'],
    order: ['Order #'],
    date: ['Date'],
    amount: ['N. Revenue (formatted)', 'Net Sales'],
    quantity: ['Items sold'],
    // All products of an order stand in one cell.
    item: [],
    status: ['Status'],
  },
  // A refund is a row of its own and has the status of its order, so the order itself was bought.
  status: { paid: ['refunded'] },
  notes: [
    'The customer is a display name: two people of one name are one customer here.',
    'Refunds are rows of their own with a negative amount; one outside the exported period is missing.',
  ],
}

export const woocommerceExport: System = {
  name: 'woocommerce-export',
  title: 'WooCommerce orders of an export plugin',
  signature: {
    all: ['order_id', 'order_total', 'billing_email'],
    any: [['line_items', 'shipping_items', 'tax_items', 'cart_discount', 'order_discount', 'order_notes']],
  },
  roles: {
    customer: ['billing_email', 'customer_id'],
    order: ['order_id', 'order_number'],
    date: ['date'],
    amount: ['order_total'],
    refund: ['refunded_total'],
    // All products of an order stand in one cell.
    item: [],
    status: ['status'],
    currency: ['order_currency'],
  },
  guests: ['0'],
  notes: ['order_total includes shipping and tax; line_items holds all products of an order in one cell.'],
}
