import { fetch } from './app.ts'
import type { Env } from './env.ts'

export default {
  fetch,
  scheduled: async (event, env) => {
    const { scheduled } = await import('./scheduled.ts')
    await scheduled(event.cron, event.scheduledTime, env)
  },
} satisfies ExportedHandler<Env>
