import type { Answers } from './answers.ts'

export interface Route {
  /** As Hono knows it. */
  route: string
  answers: Answers
  form?: Record<string, string>
  json?: unknown
  /** A file that goes with the form, by its field's name. */
  file?: string
  headers?: Record<string, string>
}

// What an address holds, as Hono names it.
export const o = ':organization'
export const p = ':portal'
export const l = ':link'
export const m = ':milestone'
export const t = ':template'
export const f = ':file'
export const r = ':request'
export const i = ':invoice'
export const u = ':upload'

export const post = (path: string, answers: Answers, form: Record<string, string> = {}): Route => ({
  route: `POST ${path}`,
  answers,
  form,
})
export const get = (path: string, answers: Answers): Route => ({ route: `GET ${path}`, answers })
export const api = (method: string, path: string, answers: Answers, json?: unknown): Route => ({
  route: `${method} ${path}`,
  answers,
  json,
})

/** A call of tus, with what it announces or brings. */
export const tus = (
  method: string,
  path: string,
  answers: Answers,
  headers: Record<string, string> = {},
): Route => ({ ...api(method, path, answers), headers: { 'tus-resumable': '1.0.0', ...headers } })

export const contact = { 'contact.name': 'New', 'contact.email': 'new@client.example' }
export const jsonContact = { name: 'New', email: 'new@client.example' }

/** Of an upload of five bytes. */
export const announced = { 'upload-length': '5', 'upload-metadata': `filename ${btoa('a.bin')}` }
