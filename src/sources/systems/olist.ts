/** Four files that belong together: orders and payments by order_id, orders and customers by customer_id. */
import type { System } from './system.ts'

export const olistOrders: System = {
  name: 'olist-orders',
  title: 'Olist orders',
  signature: { all: ['order_id', 'customer_id', 'order_status', 'order_purchase_timestamp'] },
  roles: {
    // customer_id is another one in every order; whoever bought stands in the customers file.
    customer: ['customer_unique_id'],
    order: ['order_id'],
    date: ['order_purchase_timestamp'],
    amount: ['payment_value'],
    price: [],
    quantity: [],
    status: ['order_status'],
  },
  currency: 'BRL',
  notes: [
    'Join the customers by customer_id for customer_unique_id, and the payments by order_id, summed up: customer_id is new in every order, so by it everybody buys once.',
  ],
}

export const olistCustomers: System = {
  name: 'olist-customers',
  title: 'Olist customers',
  signature: {
    all: ['customer_id', 'customer_unique_id', 'customer_zip_code_prefix'],
    none: ['order_id'],
  },
  roles: { customer: ['customer_unique_id'], order: [], date: [], amount: [] },
  notes: ['customer_id is the key of one order, customer_unique_id that of the person.'],
}

export const olistPayments: System = {
  name: 'olist-payments',
  title: 'Olist payments',
  signature: {
    all: ['order_id', 'payment_sequential', 'payment_value'],
    none: ['order_status'],
  },
  roles: { customer: [], order: ['order_id'], date: [], amount: ['payment_value'] },
  currency: 'BRL',
  notes: ['An order may be paid in several rows; who bought, and when, stands in other files.'],
}

export const olistItems: System = {
  name: 'olist-items',
  title: 'Olist items',
  signature: {
    all: ['order_id', 'order_item_id', 'product_id', 'seller_id', 'freight_value'],
    none: ['order_status'],
  },
  roles: {
    customer: [],
    order: ['order_id'],
    date: [],
    amount: ['price'],
    price: [],
    quantity: [],
    item: ['product_id'],
  },
  currency: 'BRL',
  notes: ['One row is one unit; who bought, and when, stands in other files.'],
}
