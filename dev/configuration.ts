import { unstable_readConfig } from 'wrangler'

export const configPath = 'wrangler.toml'

export interface Configuration {
  crons: string[]
  /** The names of the variables and secrets it declares. */
  settings: string[]
  /** By what names wrangler keeps them on this machine. */
  database: string
  bucket: string
}

/** The parts of wrangler.toml that local mode has to repeat. */
export function readConfiguration(): Configuration {
  const config = unstable_readConfig({ config: configPath })
  const [database] = config.d1_databases
  const [bucket] = config.r2_buckets
  return {
    crons: config.triggers.crons ?? [],
    database: database?.preview_database_id ?? '',
    bucket: bucket?.bucket_name ?? '',
    settings: [...Object.keys(config.vars), ...(config.secrets?.required ?? [])],
  }
}
