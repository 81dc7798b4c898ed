import type { core } from 'zod/mini'

/** https://www.twilio.com/docs/sendgrid/api-reference/how-to-use-the-sendgrid-v3-api/responses */
export interface SendGridError {
  message: string
  field: string | null
  help: string | null
}

const required: Record<string, string> = {
  personalizations:
    'The personalizations field is required and must have at least one personalization.',
  to: 'The to array is required for all personalization objects, and must have at least one email object with a valid email address.',
  from: 'The from object must be provided for every email send. It is an object that requires the email parameter, but may also contain a name parameter.',
  subject: 'The subject is required.',
  content:
    'Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.',
}

function at(body: unknown, path: readonly PropertyKey[]): unknown {
  let value = body
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.entries(value).find(([name]) => name === String(key))?.[1]
  }
  return value
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}

function wrongType(issue: core.$ZodIssueInvalidType, body: unknown): string {
  const name = String(issue.path.at(-1) ?? '')
  const given = at(body, issue.path)
  if (given === undefined) return required[name] ?? `The ${name} field is required.`
  const expected = issue.expected === 'record' ? 'object' : issue.expected
  return `Invalid type. Expected: ${expected}, given: ${typeName(given)}.`
}

function field(path: readonly PropertyKey[]): string | null {
  return path.length === 0 ? null : path.map(String).join('.')
}

function describe(issue: core.$ZodIssue, body: unknown): SendGridError[] {
  const one = (message: string, path = issue.path) => [{ message, field: field(path), help: null }]
  switch (issue.code) {
    case 'invalid_type':
      return one(wrongType(issue, body))
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) =>
        one(`Additional property ${key} is not allowed`, [...issue.path, key]),
      )
    case 'invalid_key':
      return issue.issues.flatMap(({ message }) => one(message))
    default:
      return one(issue.message)
  }
}

export function fromIssues(issues: core.$ZodIssue[], body: unknown): SendGridError[] {
  return issues.flatMap((issue) => describe(issue, body))
}

export function refusal(message: string): SendGridError[] {
  return [{ message, field: null, help: null }]
}
