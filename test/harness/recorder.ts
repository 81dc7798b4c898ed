export interface Recorded {
  sql: string
  params: unknown[]
}

/** One entry a round trip, each with the statements that went in it. */
export type Trips = Recorded[][]

/** A D1 database that behaves as the real one and remembers what was asked of it, trip by trip. */
export function recorded(d1: D1Database): { d1: D1Database; trips: Trips } {
  const trips: Trips = []
  const asked = new WeakMap<D1PreparedStatement, Recorded>()

  const statement = (real: D1PreparedStatement, what: Recorded): D1PreparedStatement => {
    const wrapped = new Proxy(real, {
      get(target, name) {
        if (name === 'bind') {
          return (...params: unknown[]) => statement(target.bind(...params), { ...what, params })
        }
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        return (...args: unknown[]) => {
          trips.push([what])
          return Reflect.apply(member, target, args)
        }
      },
    })
    asked.set(wrapped, what)
    originals.set(wrapped, real)
    return wrapped
  }
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>()

  const proxy = new Proxy(d1, {
    get(target, name) {
      if (name === 'prepare') {
        return (sql: string) => statement(target.prepare(sql), { sql, params: [] })
      }
      if (name === 'batch') {
        return (list: D1PreparedStatement[]) => {
          trips.push(list.map((one) => asked.get(one) ?? { sql: '?', params: [] }))
          return target.batch(list.map((one) => originals.get(one) ?? one))
        }
      }
      // Whatever else a database can do would go by unseen.
      throw new Error(`D1's ${String(name)} is not recorded.`)
    },
  })
  return { d1: proxy, trips }
}

export const isWrite = ({ sql }: Recorded): boolean =>
  !/^\s*(?:select|with|explain)\b/i.test(sql) ||
  /\b(?:insert\s+into|replace\s+into|update\s+\S+\s+set|delete\s+from)\b/i.test(sql)
