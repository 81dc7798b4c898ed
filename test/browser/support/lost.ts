import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as later } from 'node:timers/promises'

/** When whoever asked goes away. */
export type Moment = 'before the answer' | 'within the answer' | 'within the upload'

/** Far more than is sent of it. */
const PROMISED = 200_000

/** A request as it is written to the socket: what is uploaded is announced whole and sent in part. */
function request({ host, pathname }: URL, moment: Moment): string {
  const to = `HTTP/1.1\r\nHost: ${host}\r\n`
  if (moment !== 'within the upload') return `GET ${pathname} ${to}\r\n`
  const type = 'Content-Type: application/x-www-form-urlencoded\r\n'
  return `POST ${pathname} ${to}${type}Content-Length: ${PROMISED}\r\n\r\nbody=${'x'.repeat(PROMISED / 4)}`
}

/** Asks, and is gone at that moment; `after` is how long (ms) it stays once it has come. */
export async function lose(url: URL, moment: Moment, after: number): Promise<void> {
  const socket = connect(Number(url.port), url.hostname)
  await once(socket, 'connect')
  socket.write(request(url, moment))
  if (moment === 'within the answer') await once(socket, 'data')
  await later(after)
  const closed = once(socket, 'close')
  // Rudely, as a browser does that is closed: the other side learns of it when it writes on.
  socket.resetAndDestroy()
  await closed
}
