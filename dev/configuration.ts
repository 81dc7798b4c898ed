import { unstable_readConfig } from 'wrangler'

export const configPath = 'wrangler.toml'

export interface Configuration {
  crons: string[]
  /** The names of the variables and secrets it declares. */
  settings: string[]
}

/** The parts of wrangler.toml that local mode has to repeat. */
export function readConfiguration(): Configuration {
  const config = unstable_readConfig({ config: configPath })
  return {
    crons: config.triggers.crons ?? [],
    settings: [...Object.keys(config.vars), ...(config.secrets?.required ?? [])],
  }
}
