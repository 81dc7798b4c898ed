import { endpoints } from './pages.ts'
import type { Form } from './refusal.ts'

export const endpointForms: readonly Form[] = [
  [
    'an endpoint that is no address',
    endpoints,
    'webhook_endpoints',
    'url=app.test&enabled_events[0]=*',
    { code: 'url_invalid', param: 'url' },
  ],
  [
    'an endpoint for an unknown event',
    endpoints,
    'webhook_endpoints',
    'url=https://app.test&enabled_events[0]=invoice.eaten',
    { param: 'enabled_events[0]' },
  ],
  [
    'an endpoint for nothing',
    endpoints,
    'webhook_endpoints',
    'url=https://app.test',
    { code: 'parameter_missing', param: 'enabled_events' },
  ],
]
