import type { System } from './system.ts'

export const hubspotContacts: System = {
  name: 'hubspot-contacts',
  title: 'HubSpot contacts',
  signature: {
    all: ['First Name', 'Last Name', 'Email', 'Contact owner'],
    any: [['Record ID', 'Contact ID']],
  },
  roles: { customer: ['Email', 'Record ID', 'Contact ID'], order: [], date: [], amount: [] },
  notes: ['A list of contacts, without their deals.'],
}

export const hubspotDeals: System = {
  name: 'hubspot-deals',
  title: 'HubSpot deals',
  signature: {
    all: ['Deal Name', 'Deal Stage'],
    any: [
      ['Record ID', 'Deal ID'],
      ['Amount', 'Deal owner', 'Pipeline'],
    ],
  },
  roles: {
    customer: ['Associated Company IDs', 'Associated Contact IDs'],
    order: ['Record ID', 'Deal ID'],
    date: ['Close Date', 'Create Date'],
    amount: ['Amount'],
    status: ['Deal Stage'],
    currency: ['Currency'],
  },
  status: {
    paid: ['closedwon', 'Closed Won (Sales Pipeline)'],
    cancelled: ['closedlost', 'Closed Lost (Sales Pipeline)'],
    unpaid: [
      ...['Appointment Scheduled', 'Qualified To Buy', 'Presentation Scheduled'],
      ...['Decision Maker Bought-In', 'Contract Sent'],
    ],
  },
  notes: [
    'Only deals that were won count; the customer is the company.',
    'A deal of several companies or contacts joins their ids with a semicolon: each such list is a customer of its own.',
  ],
}
