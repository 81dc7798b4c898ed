import type { Api } from '../api/api.ts'

export function accountCalls(api: Api): void {
  api.on('get /v1/account', [], ({ account, url }) => ({
    id: account,
    object: 'account',
    business_profile: { name: 'Local test account', url, support_email: null },
    business_type: 'company',
    capabilities: { card_payments: 'active', transfers: 'active' },
    charges_enabled: true,
    country: 'NO',
    created: 1_700_000_000,
    default_currency: 'eur',
    details_submitted: true,
    email: 'owner@studio.example',
    metadata: {},
    payouts_enabled: true,
    settings: { dashboard: { display_name: 'Local test account', timezone: 'Etc/UTC' } },
    type: 'standard',
  }))
}
