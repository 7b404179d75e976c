import type { System } from './system.ts'

export const pipedriveDeals: System = {
  name: 'pipedrive-deals',
  title: 'Pipedrive deals',
  signature: { all: ['Deal - Title', 'Deal - Value'], any: [['Deal - Status', 'Deal - Stage', 'Deal - ID']] },
  roles: {
    customer: ['Organization - Name', 'Person - Email (Work)', 'Person - Name'],
    // Titles are not unique: without an id every row is a deal.
    order: ['Deal - ID'],
    date: ['Deal - Won time', 'Deal - Expected close date'],
    amount: ['Deal - Value'],
    status: ['Deal - Status'],
    currency: ['Deal - Currency of value'],
  },
  status: { paid: ['Won'], cancelled: ['Lost', 'Deleted'] },
  notes: [
    'Only deals that were won count; the customer is the organization.',
    'Headers follow the language of the account: only English ones are recognised.',
  ],
}
