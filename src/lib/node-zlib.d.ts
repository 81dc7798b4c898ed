// The one function of Node's that the Worker calls; Node's own types would bring all its globals.
declare module 'node:zlib' {
  /** CRC-32, unsigned, of the bytes behind those that `value` is of. */
  export function crc32(bytes: Uint8Array, value?: number): number
}
