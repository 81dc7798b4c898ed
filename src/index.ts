import { createApp } from './app.tsx'
import type { Env } from './env.ts'
import { scheduled } from './scheduled.ts'

const app = createApp()

export default {
  fetch: app.fetch,
  scheduled: (event, env) => scheduled(event.cron, event.scheduledTime, env),
} satisfies ExportedHandler<Env>
