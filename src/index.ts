import { fetch } from './app.ts'
import type { Env } from './env.ts'
import { scheduled } from './scheduled.ts'

export default {
  fetch,
  scheduled: (event, env) => scheduled(event.cron, event.scheduledTime, env),
} satisfies ExportedHandler<Env>
