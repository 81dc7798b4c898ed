/** https://docs.stripe.com/api/errors */
export interface ErrorBody {
  type: 'invalid_request_error' | 'idempotency_error' | 'card_error' | 'api_error'
  message: string
  code?: string
  param?: string
  decline_code?: string
}

type Status = 400 | 401 | 402 | 403 | 404 | 409 | 429 | 500

/** Thrown where Stripe would refuse a call; answered in Stripe's form. */
export class Refused extends Error {
  readonly status: Status
  readonly body: ErrorBody

  constructor(status: Status, body: ErrorBody) {
    super(body.message)
    this.status = status
    this.body = body
  }
}

export function invalid(message: string, about: { code?: string; param?: string } = {}): Refused {
  return new Refused(400, { type: 'invalid_request_error', message, ...about })
}

/** 404 for an address, 400 where a parameter names what isn't there. */
export function missing(what: string, id: string, param?: string): Refused {
  return new Refused(param === undefined ? 404 : 400, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param: param ?? 'id',
  })
}

export function errorJson(body: ErrorBody, requestId: string) {
  const { code } = body
  return {
    error: {
      ...body,
      ...(code !== undefined && { doc_url: `https://docs.stripe.com/error-codes#${dashed(code)}` }),
      request_log_url: `https://dashboard.stripe.com/test/workbench/logs?object=${requestId}`,
    },
  }
}

const dashed = (code: string) => code.replaceAll('_', '-')
