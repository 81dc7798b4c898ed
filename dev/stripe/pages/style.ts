import { raw } from 'hono/html'

export const style = raw(`
:root{color-scheme:light dark}
`)
